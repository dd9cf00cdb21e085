project = "pytest-prodready"
copyright = "2026, The pytest-prodready authors"
author = "The pytest-prodready authors"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "pytest-prodready"
