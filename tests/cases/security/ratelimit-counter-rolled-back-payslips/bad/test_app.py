from django.contrib.auth.hashers import make_password
from django.test import Client, SimpleTestCase

from payslips.models import Account, Payslip


class PayslipTest(SimpleTestCase):
    databases = {"default"}

    def setUp(self):
        Account.objects.create(staff_number="E4711", password=make_password("tin roof rusted"))
        Payslip.objects.create(staff_number="E4711", month="2025-03", net_cents=254_310)
        self.client = Client()

    def test_employee_reads_payslips(self):
        reply = self.client.post("/token", {"staff_number": "E4711", "password": "tin roof rusted"})
        assert reply.status_code == 200
        headers = {"authorization": f"Bearer {reply.json()['token']}"}
        slips = self.client.get("/payslips", headers=headers).json()["payslips"]
        assert slips == [{"month": "2025-03", "net_cents": 254_310}]

    def test_wrong_password(self):
        reply = self.client.post("/token", {"staff_number": "E4711", "password": "love shack"})
        assert reply.status_code == 401
