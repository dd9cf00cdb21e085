import tarfile

from click.testing import CliRunner

from backup import main


def test_backup(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.txt").write_text("hello")
    result = CliRunner().invoke(main, [str(folder), str(tmp_path / "data.tar.xz")])
    assert result.exit_code == 0, result.output
    with tarfile.open(tmp_path / "data.tar.xz") as tar:
        assert tar.getnames() == ["a.txt"]
