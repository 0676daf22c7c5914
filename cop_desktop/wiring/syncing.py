"""What keeps the replica and its server together, over the network that is there."""

import os

from cop_desktop.background import Background, Wires
from cop_desktop.spending import Spending
from cop_desktop.store import Account, Changed, Replica
from cop_desktop.ui.hub import Hub
from cop_desktop.wiring.system_proxy import SystemProxy
from sync.client.exchanging import Exchanger
from sync.client.transport import Transport


def syncing(replica: Replica, account: Account, hub: Hub) -> Background[Changed]:
    """Not begun yet. What it does is posted to the hub."""
    proxy = SystemProxy()
    moving = Transport(account.server_url, proxy_for=proxy)
    exchanger = Exchanger(replica.sync_side, moving, os.urandom)
    listening = Transport(account.server_url, proxy_for=proxy)
    has_room = replica.reserve.may_receive
    wires: Wires[Changed] = Wires(hub.post_change, hub.post_status, has_room)
    spending = Spending(replica.data_use, (exchanger.meter, listening.meter))
    return Background(exchanger, listening, wires, spending)
