from pydantic import BaseModel, ConfigDict


class StopOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    position: int
    name: str


class LineOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str
    stops: list[StopOut]
