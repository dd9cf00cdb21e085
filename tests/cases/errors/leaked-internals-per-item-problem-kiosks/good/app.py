from flask import Flask, abort, jsonify

import kiosks


def create_app():
    app = Flask(__name__)

    @app.get("/cities/<city>/kiosks")
    def city_kiosks(city):
        if city not in kiosks.KIOSKS:
            abort(404)
        found = kiosks.availability(city)
        complete = all("problem" not in kiosk for kiosk in found)
        return jsonify(city=city, complete=complete, kiosks=found), 200 if complete else 207

    return app
