from click.testing import CliRunner

from app import bring_in


def test_bring_in():
    runner = CliRunner()
    with runner.isolated_filesystem():
        with open("people.yml", "w") as file:
            file.write("- name: Una\n- name: Bo\n")
        result = runner.invoke(bring_in, ["people.yml"])
    assert result.output == "2 addresses: Bo, Una\n"
