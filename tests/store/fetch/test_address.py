from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import SourceError
from cuibono.store.fetch.address import is_public, look_up, public_address

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"data\.example leads to .*not a public address"):
        public_address("data.example", 443, lambda host, port: [address])


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is_taken(address: str) -> None:
    assert public_address("data.example", 443, lambda host, port: [address]) == address


@pytest.mark.parametrize("private", PRIVATE)
def test_one_private_answer_among_public_ones_refuses_the_host(private: str) -> None:
    with pytest.raises(SourceError):
        public_address("data.example", 443, lambda host, port: ["1.1.1.1", private])


def test_this_machine_may_be_meant_where_that_was_said() -> None:
    assert public_address("localhost", 80, lambda host, port: ["::1"], loopback=True) == "::1"


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "1.1.1.1"])
def test_nothing_but_this_machine_may_be_meant_then(address: str) -> None:
    with pytest.raises(SourceError):
        public_address("localhost", 80, lambda host, port: [address], loopback=True)


@pytest.mark.parametrize("spelling", ["0x7f000001", "2130706433", "127.1", "0177.0.0.1"])
def test_other_spellings_of_this_machine_are_seen_through(spelling: str) -> None:
    with pytest.raises(SourceError):
        public_address(spelling, 80, look_up)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_alike(address: object) -> None:
    mapped = f"::ffff:{address}"
    try:
        taken = public_address("data.example", 443, lambda host, port: [mapped])
    except SourceError:
        taken = ""
    assert bool(taken) == is_public(ip_address(str(address)))
