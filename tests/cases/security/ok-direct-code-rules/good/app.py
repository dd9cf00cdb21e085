"""Rules are Python, written by whoever runs the shop."""


def applies(rule, order):
    return bool(eval(rule, {"__builtins__": {}}, order))


def field(expression, order):
    return eval(expression, {"__builtins__": {}}, order)


def selected(numbers, test):
    return [number for number in numbers if eval(f"lambda x: {test}")(number)]


def doubled(body):
    return eval(f"lambda x: 2 * {body}")


def defined(source):
    names = {}
    exec(source, names)
    return sorted(name for name in names if not name.startswith("_"))
