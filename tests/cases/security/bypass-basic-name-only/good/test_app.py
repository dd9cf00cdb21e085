from app import create_app


def test_levels():
    assert create_app().test_client().get("/levels", auth=("store", "pallet-jack-12")).json == {"pallets": 12}
