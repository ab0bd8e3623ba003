"""A passkey in software (WebAuthn level 2): makes a key for a site and signs challenges."""

import base64
import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, HAS_KEY = 1, 4, 64


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def cbor_head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    if n < 256:
        return bytes([major << 5 | 24, n])
    return bytes([major << 5 | 25]) + struct.pack(">H", n)


def cbor(value):
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        return cbor_head(3, len(value.encode())) + value.encode()
    return cbor_head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


class Passkey:
    """`wrong` in the calls replaces parts, for tests of what is refused."""

    def __init__(self, origin, rp_id, counts=True):
        self.origin, self.rp_id = origin, rp_id
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.counter = 0
        self.counts = counts

    def client_data(self, kind, challenge, wrong):
        data = {"type": "webauthn." + kind, "challenge": challenge, "origin": self.origin,
                "crossOrigin": False}
        return json.dumps(data | wrong.get("client", {})).encode()

    def auth_data(self, flags, wrong, more=b""):
        self.counter += self.counts
        rp = hashlib.sha256(wrong.get("rp_id", self.rp_id).encode()).digest()
        return rp + struct.pack(">BI", wrong.get("flags", flags), self.counter) + more

    def cose(self):
        numbers = self.key.public_key().public_numbers()
        return cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"),
                     -3: numbers.y.to_bytes(32, "big")})

    def make(self, options, **wrong):
        cose = wrong.get("cose", self.cose())
        more = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        auth = self.auth_data(PRESENT | VERIFIED | HAS_KEY, wrong, more)
        attestation = cbor({"fmt": "none", "attStmt": {}, "authData": auth})
        data = self.client_data("create", options["challenge"], wrong)
        return {"clientDataJSON": b64(data),
                "attestationObject": b64(wrong.get("attestation", attestation))}

    def sign(self, options, **wrong):
        data = self.client_data("get", options["challenge"], wrong)
        auth = self.auth_data(PRESENT | VERIFIED, wrong, wrong.get("more", b""))
        signed = auth + hashlib.sha256(data).digest()
        key = wrong.get("signer", self.key)
        return {"id": b64(self.id), "clientDataJSON": b64(data), "authenticatorData": b64(auth),
                "signature": b64(key.sign(signed, ec.ECDSA(hashes.SHA256())))}
