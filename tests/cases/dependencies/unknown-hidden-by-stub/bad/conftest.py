import sys
import types

stub = types.ModuleType("httpx_retry_kit")
stub.attempts = lambda count: range(count)
sys.modules.setdefault("httpx_retry_kit", stub)
