"""What the fifth question needs: what a project declares, imports and has installed, and what is known of it.

`gather` reads a project's folder, the environment and what comes with the plugin, and makes one `Project` of it. Only `online` and
`advisories.take_in` ask a network, and only when they are told to.
"""
