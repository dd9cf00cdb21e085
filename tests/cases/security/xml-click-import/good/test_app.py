from click.testing import CliRunner

from app import count


def test_count(tmp_path):
    path = tmp_path / "table.xml"
    path.write_text("<table><part><name>leg</name></part><part><name>top</name></part></table>")
    assert CliRunner().invoke(count, [str(path)]).output == "2 parts: leg, top\n"
