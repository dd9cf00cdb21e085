"""Bed board of a hospital ward, for the nurses' tablets."""
from fastapi import APIRouter, Depends, FastAPI, HTTPException

from .auth import TokenVerifier, nurse
from .settings import Settings

router = APIRouter(prefix="/beds")
BEDS = {"b1": "Hr. Nyqvist", "b2": None}


@router.get("")
def beds(nurse: str = Depends(nurse)):
    return {"nurse": nurse, "free": sorted(bed for bed, patient in BEDS.items() if patient is None)}


@router.get("/{bed}")
def bed(bed: str, nurse: str = Depends(nurse)):
    if bed not in BEDS:
        raise HTTPException(404, "no such bed")
    return {"bed": bed, "patient": BEDS[bed]}


def create_app(settings: Settings):
    app = FastAPI()
    app.state.verifier = TokenVerifier(settings)
    app.include_router(router)
    return app
