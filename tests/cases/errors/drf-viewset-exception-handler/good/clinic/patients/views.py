from rest_framework import mixins, viewsets

from .models import Appointment
from .serializers import AppointmentSerializer


class AppointmentViewSet(mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin,
                         viewsets.GenericViewSet):
    queryset = Appointment.objects.all()
    serializer_class = AppointmentSerializer
    lookup_value_regex = "[0-9]{1,9}"
