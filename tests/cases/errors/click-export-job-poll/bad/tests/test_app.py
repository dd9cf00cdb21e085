import httpx
import respx
from click.testing import CliRunner

from warehouse_export import api
from warehouse_export.cli import main


@respx.mock
def test_export(monkeypatch):
    monkeypatch.setattr(api.time, "sleep", lambda seconds: None)
    respx.post("https://warehouse.example/api/exports").mock(return_value=httpx.Response(202, json={"job": 5}))
    respx.get("https://warehouse.example/api/exports/5").mock(side_effect=[
        httpx.Response(200, json={"state": "running"}),
        httpx.Response(200, json={"state": "done", "rows": 1200}),
    ])
    result = CliRunner().invoke(main, ["orders"])
    assert result.exit_code == 0, result.output
    assert result.output == "1200 rows exported\n"
