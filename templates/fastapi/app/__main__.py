"""The production server: `python -m app`."""

import signal
import sys

import uvicorn

from app.config import get_settings
from app.core.protocol import Protocol
from app.main import create_app

SECONDS_TO_FINISH = 30


def main() -> None:
    settings = get_settings()
    # uvicorn raises the signal anew when everything is finished; this is how it ends well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=Protocol,
        log_config=None,
        log_level=settings.log_level,
        access_log=False,
        proxy_headers=False,  # the application's own middleware knows TRUSTED_PROXIES
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


if __name__ == "__main__":
    main()
