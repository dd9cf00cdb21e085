import requests_mock

from app import URL, Prices


def test_is_kept():
    moments = iter([1000.0, 1200.0, 1400.0])
    prices = Prices(clock=lambda: next(moments))
    with requests_mock.Mocker() as mock:
        mock.get(URL, json={"cents": 250})
        assert [prices.price() for _ in range(3)] == [250, 250, 250]
        assert mock.call_count == 2


def test_clock_of_the_system():
    with requests_mock.Mocker() as mock:
        mock.get(URL, json={"cents": 250})
        assert Prices().price() == 250
