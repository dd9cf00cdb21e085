from fetch import Parser, main


def test_main(capsys):
    assert main(["https://shop.example", "--unsorted"]) == 0
    assert "'headers.sort': 'false'" in capsys.readouterr().out


def test_later_formats_win():
    parser = Parser()
    options = parser.parse_args(["https://shop.example", "--format", "json.indent:2", "--unsorted"])
    assert options.format == {"json.indent": "2", "headers.sort": "false"}
