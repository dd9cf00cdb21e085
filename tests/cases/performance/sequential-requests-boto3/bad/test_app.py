import pytest
from moto import mock_aws


@pytest.fixture
def client():
    with mock_aws():
        import app

        app.s3.create_bucket(Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
        for number in range(4):
            app.s3.put_object(Bucket="papers", Key=f"a/{number}.txt", Body=b"x" * number)
        yield app.app.test_client()


def test_sizes(client):
    assert client.get("/sizes/a").get_json()["a/3.txt"] == 3
