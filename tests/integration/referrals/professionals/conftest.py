from tests.integration.public.conftest import get, post, warm

__all__ = ["get", "post", "warm"]
