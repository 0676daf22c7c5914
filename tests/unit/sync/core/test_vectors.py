"""The forms that are kept and sent, as bytes: what `docs/protocol.md` says, for other programs too.

A test that fails here has found a change of format: what people have written would not be read.
"""

from hashlib import blake2b
from pathlib import Path

import msgspec

from sync.catalogue.communities import personal_space, texts_space
from sync.core import chunks, digest, enrolment, exchange, frames, packing, patching
from sync.core.chunk_calls import ChunkCall, closed_answer
from sync.core.clock import Stamp
from sync.core.group import Group, decode_group, group_hash
from sync.core.ids import NO_HASH, Id, Maker, created_id, natural_id
from sync.core.ops import ChangeSet, Delete, EditText, Restore, SetFields
from sync.core.packing import Known, PageGroup, pack, unpack
from sync.core.page_writer import PageWriter
from sync.core.signing import Certificate, SigningKey, replica_frame_key

SPACE, REPLICA, MEMBER, TARGET = (bytes([n]) * 16 for n in (1, 2, 3, 4))
CLOCK = (1_790_000_000_000 << 16) + 5
MADE = "01a0c4506c0079eda0c20fac46654b75"
ONE = (
    "9a01c41001010101010101010101010101010101c4100202020202020202020202020202020201c4"
    "200000000000000000000000000000000000000000000000000000000000000000c4100303030303"
    "0303030303030303030303cf01a0c4506c000005cf000001a0c4506c7b079195010ac41001a0c450"
    "6c0079eda0c20fac46654b758201a957657420726f61647305c380"
)
ONE_NAME = "0ffbe1037f908b04c299c39c66bba28cc2444c6f5e20d74cfe90089ed65eca88"
TWO = (
    "9a01c41001010101010101010101010101010101c4100202020202020202020202020202020202c4"
    "200ffbe1037f908b04c299c39c66bba28cc2444c6f5e20d74cfe90089ed65eca88c4100303030303"
    "0303030303030303030303cf01a0c4506c000006cf000001a0c4506dc8089595010ac41001a0c450"
    "6c0079eda0c20fac46654b758101b057657420736561736f6e20726f61647381019192cf01a0c450"
    "6c000005c41002020202020202020202020202020202950214c41004040404040404040404040404"
    "04040402c41201010700040104746578740568656c6c6f0094030ac4100404040404040404040404"
    "04040404049209c4100202020202020202020202020202020293040ac41004040404040404040404"
    "04040404040496050ac41001a0c4506c0079eda0c20fac46654b750492a5726f616473079192a364"
    "7279919209c41002020202020202020202020202020202"
)
TWO_NAME = "21a53edb7bc0001c5e003465a198d4a0ccf48de0481300cee1869ec16249ae56"
COLUMNS = (
    "dc0019c4400101010101010101010101010101010102020202020202020202020202020202030303"
    "03030303030303030303030303040404040404040404040404040404049200009201019201009200"
    "0192040092ce6ab13b8101919201c440737373737373737373737373737373737373737373737373"
    "73737373737373737373737373737373737373737373737373737373737373737373737373737373"
    "92030092cf000001a0c4506c0000920506927bcd01c8920701920105c40096010102030405960a0a"
    "140a0a0a9600ff040404ff92920105910192000191920181019192cf01a0c4506c00000501930292"
    "0901930492a5726f616473079192a36472799192090193940a010092a957657420726f616473b057"
    "657420736561736f6e20726f616473940a050091c39414020091c412010107000401047465787405"
    "68656c6c6f0090c408e6da7fc91071af60"
)
PAGE = (
    "01016051008d050052871a1fa0edff0e1fe6dfc57a734c10ffcf339d1365350304c8555d2912fc2d"
    "b596524b07156265a28d75373288db5ecce31e4f11a33d1ea4edebe5c40397dbb2dff1a76967f7de"
    "e3deccb3ced6df870f7da45eb08f92bf839792ec8fdd423e87fcaeeffdedeffedd5f03c0cf19fc9f"
    "7de85ed71182909b2b2d9708874bfff7f16669fa69e60d75bfff58691d103d31ae846a819e065208"
    "43e68b98a19c0ad0221c1a0499d06b6082c1b142eeee821301"
)
DICTIONARY = "bfefc2491a33a358a6068918fde26732"

first = Group(
    space=SPACE,
    replica=REPLICA,
    seq=1,
    prev=NO_HASH,
    author=MEMBER,
    clock=CLOCK,
    written_ms=1_790_000_000_123,
    seen=7,
    ops=(SetFields(10, bytes.fromhex(MADE), {1: "Wet roads", 5: True}),),
)
second = Group(
    space=SPACE,
    replica=REPLICA,
    seq=2,
    prev=bytes.fromhex(ONE_NAME),
    author=MEMBER,
    clock=CLOCK + 1,
    written_ms=1_790_000_000_456,
    seen=8,
    ops=(
        SetFields(10, bytes.fromhex(MADE), {1: "Wet season roads"}, {1: [Stamp(CLOCK, REPLICA)]}),
        EditText(20, TARGET, 2, b"\x01\x01\x07\x00\x04\x01\x04text\x05hello\x00"),
        Delete(10, TARGET, Stamp(9, REPLICA)),
        Restore(10, TARGET),
        ChangeSet(10, bytes.fromhex(MADE), 4, ["roads", 7], [("dry", [Stamp(9, REPLICA)])]),
    ),
)
sent = [
    PageGroup(SPACE, REPLICA, 1, first.raw, 4, 1_790_000_001_000),
    PageGroup(SPACE, REPLICA, 2, second.raw, 5, 1_790_000_002_000, b"s" * 64),
]
frame_key = replica_frame_key(bytes(32), REPLICA)


def nothing(_space: Id, _replica: Id, _seq: int) -> Known | None:
    return None


def test_groups() -> None:
    assert first.raw.hex() == ONE
    assert second.raw.hex() == TWO
    assert [decode_group(bytes.fromhex(raw)) for raw in (ONE, TWO)] == [first, second]
    assert [group_hash(bytes.fromhex(raw)).hex() for raw in (ONE, TWO)] == [ONE_NAME, TWO_NAME]


def test_ids() -> None:
    assert created_id(Maker(SPACE, REPLICA, 1, CLOCK), 0).hex() == MADE
    assert (
        natural_id(12, SPACE, TARGET, MEMBER, "thanks").hex() == "5bdf86bbf23984c6af709d4a91c0b467"
    )
    assert personal_space(MEMBER).hex() == "2f19ef3b551180d18596ce8041e6556b"
    assert texts_space(SPACE).hex() == "47cd35b74d6b867290a6b2cce4e830f3"


def test_an_id_is_what_the_page_says() -> None:
    place = msgspec.msgpack.encode([SPACE, REPLICA, 1, CLOCK, 0])
    tail = bytearray(blake2b(place, digest_size=10, person=b"cop.created").digest())
    tail[0], tail[2] = tail[0] & 0x0F | 0x70, tail[2] & 0x3F | 0x80
    assert ((CLOCK >> 16).to_bytes(6, "big") + tail).hex() == MADE


def test_digests() -> None:
    names = [bytes.fromhex(ONE_NAME), bytes.fromhex(TWO_NAME)]
    assert digest.to_bytes(digest.digest_of(names)).hex() == "7cf652fa244888d4f2b819f14ff62b07"


def test_pages() -> None:
    columns = PageWriter(nothing).written(sent)
    assert msgspec.msgpack.encode(columns).hex() == COLUMNS
    assert unpack(bytes.fromhex(PAGE), nothing) == sent
    assert unpack(pack(sent, nothing), nothing) == sent


def test_the_dictionary_of_pages() -> None:
    content = Path(packing.__file__).with_name("dictionary_1.bin").read_bytes()
    assert blake2b(content, digest_size=16).hexdigest() == DICTIONARY


def test_signatures_and_certificates() -> None:
    key = SigningKey(bytes(range(32)))
    assert key.sign_group(bytes.fromhex(ONE_NAME)).hex() == (
        "8ddd29e027bc7f66f29317105a8d5275149996b58d662c2e5a69acb18351360b4577009ec9cc45f1"
        "9a3ed758a0aa9564323a4ac2538ca5df663bd5a276969c09"
    )
    certificate = Certificate(REPLICA, MEMBER, key.public, 1_790_000_000_000)
    assert key.certify(certificate).hex() == (
        "1327a1aedbabbc1a4da223bd134cc7f3e0a0479535b30e1ad6ee791ce35ee3778da9c1450f24f911"
        "471b4ac6898a1d8b31b009a82175feef309390e4ae54970e"
    )
    renamed = Certificate(REPLICA, MEMBER, key.public, 1_790_000_000_000, SPACE)
    assert key.certify(renamed).hex() == (
        "c9e8135d5f0ef27eadd4f7a7a390020ccc8cea28526f0123c4f938b2af0bf726ca8daea89e53678a"
        "52a026f6884d8345a19c8cc7f2220cf6d7e9f258210dab0b"
    )


def test_frames() -> None:
    assert frame_key.hex() == "3a6792a029cf6fccf8d4fe8d5da2dc54c9d7e0a1d3f7f4cd8615d4dca7f1eba4"
    result = exchange.Result(exchange.Outcome.KEPT, 9)
    assert frames.closed(REPLICA, result, frame_key, frames.Direction.REQUEST).hex() == (
        "436f500102020202020202020202020202020202930109a01073c0e4d3b85cdc1268b13392887c26"
    )


def test_invitation_codes() -> None:
    code = enrolment.new_code(lambda count: bytes(range(1, count + 1)))
    assert code == "820C-20A1-G7CB"
    assert enrolment.code_key(code).hex() == (
        "eb7e355ca91fa0fc85f083ddbe0157d82342003748497f735efef482e0716ffb"
    )
    assert enrolment.code_name(code).hex() == "2e2252170c49948bf0e1fdcfc88a82f6"


def test_chunks() -> None:
    assert chunks.chunk_hash(b"hello").hex() == ("113b6cd8eca39ab8a0f78cfa1035a247")
    assert chunks.recipe_of([b"hello", b"!"]).content_hash.hex() == (
        "9e4fe57c909affa2acdd5833944ab02d5757b7f5e3f248aeb95a13c0a9d52320"
    )
    call = ChunkCall("PUT", "/v1/chunks/ab", b"nonce..8", b"hello")
    assert call.tag(frame_key).hex() == "7e6f58954dec6a8689fa5feb35dddf61"
    assert closed_answer(b"x", call.tag(frame_key), frame_key).hex() == (
        "78550dd75634003984cc96a809da09b93c"
    )


def test_patches() -> None:
    old = b"The old plan of the school garden, with beans and maize." * 2
    new = b"Our plan of the school garden, with beans, a well and maize."
    patch = bytes.fromhex("0128b52ffd2016b10000929604082508000bc40c4f7572202c20612077656c6c")
    assert patching.applied_patch(old, patch, len(new)) == new
