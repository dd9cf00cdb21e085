from app import main


def test_large_orders(tmp_path, capsys):
    path = tmp_path / "orders.csv"
    path.write_text("id,total,country\n1,20,FR\n2,200,DE\n")
    assert main(["total > 100", "--file", str(path)]) == 0
    assert capsys.readouterr().out == "2 200\n"
