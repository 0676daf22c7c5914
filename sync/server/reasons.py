"""Why a group is refused: the codes of `Result.reason`; never changed, only added to."""

from enum import StrEnum


class Reason(StrEnum):
    """Short code of a refusal.

    The first four say that nothing could be proven, so the group has no place in its chain here;
    sent again after the cause is gone, it may be taken. The others are for good: the group keeps
    its place in the chain of its replica, later groups can follow it, and sent again it is refused
    again.
    """

    UNKNOWN_SPACE = "unknown_space"  # this server has no such space
    UNKNOWN_REPLICA = "unknown_replica"  # no certificate of the replica is here, or it was revoked
    BAD_SIGNATURE = "bad_signature"  # a signature of the run does not hold
    UNPROVEN = "unproven"  # neither it nor a later group of its run carries a signature

    NO_ACCESS = "no_access"  # the author is not a member of the space
    WRONG_AUTHOR = "wrong_author"  # the replica is certified for another member
    WRONG_SPACE = "wrong_space"  # records of this kind live in spaces of another kind
    WRONG_KIND = "wrong_kind"  # the record is of another kind
    WRONG_ID = "wrong_id"  # the record's id does not follow from its key, or names somebody else
    UNKNOWN_RECORD = "unknown_record"  # changes or deletes what was never made here
    INVALID = "invalid"  # a value breaks its declaration, or a required one is missing
    SERVER_ONLY = "server_only"  # the server alone decides this
    NOT_CREATOR = "not_creator"  # only who made the record, or a facilitator, may do this
    NOT_OWNER = "not_owner"  # only the member whom the record is about may do this
    NOT_FACILITATOR = "not_facilitator"  # only a facilitator of the community may do this
