"""A small format. Whoever calls a function on files expects an OSError, and gets it as it is."""


def load(path):
    with open(path, encoding="utf-8") as file:
        return dict(_pair(line) for line in file)


def save(path, points):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in points.items())


def _pair(line):
    name, equals, value = line.rstrip("\n").partition("=")
    if not equals:
        raise ValueError(f"no '=' in {line!r}")
    return name, value
