"""Everything that is looked at, in the order in which it is told."""

from collections.abc import Mapping

from wegweiser.doctor import city, machine, store
from wegweiser.doctor.finding import Check

CHECKS: Mapping[str, Check] = {
    "database": store.database,
    "migrations": store.migrations,
    "clock": store.clock,
    "index": store.index,
    "cluster": store.cluster,
    "disk": machine.disk,
    "files": machine.files,
    "backup": machine.backup,
    "mail": machine.mail,
    "clockwork": machine.clockwork,
    "system": city.system,
    "addresses": city.addresses,
    "catalogs": city.catalogs,
    "roles": city.roles,
    "second factor": city.second_factor,
    "publisher": city.publisher,
    "referrals": city.referrals,
}
