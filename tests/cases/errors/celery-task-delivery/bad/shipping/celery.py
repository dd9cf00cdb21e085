from celery import Celery

app = Celery("shipping", broker="memory://", backend="cache+memory://")
app.conf.update(task_acks_late=True, task_ignore_result=True)
