/*
 * Our own types (briefing_types.h): one block per type. A type of one of these names that does not
 * come by our extension definition is somebody else's, and is not held to its block.
 */
#include "base/num.h"
#include "stix/briefing_types.h"
#include "stix/formats.h"

#define WORDS_OF(ident, name, ...)                                                \
    static const str ident##_ITEMS[] = {__VA_ARGS__};                             \
    static const struct catalog_words ident = {name, "11.2", true, ident##_ITEMS, \
                                               COUNT_OF(ident##_ITEMS)}

WORDS_OF(WORDS_STATUS, "the states of a briefing", LIT_INIT("draft"), LIT_INIT("sent"),
         LIT_INIT("cancelled"), LIT_INIT("held"));
WORDS_OF(WORDS_DUTY, "the duties", LIT_INIT("primary"), LIT_INIT("stand-in"),
         LIT_INIT("after-hours"));
WORDS_OF(WORDS_ANSWER, "the answers", LIT_INIT("yes"), LIT_INIT("no"), LIT_INIT("delegate"));
WORDS_OF(WORDS_MEANS, "the means by which an answer comes", LIT_INIT("phone"));
WORDS_OF(WORDS_SCOPE, "the scopes of an approval", LIT_INIT("agenda"), LIT_INIT("audience"),
         LIT_INIT("release"), LIT_INIT("hosts"));
WORDS_OF(WORDS_PROMISE, "the states of a commitment", LIT_INIT("open"), LIT_INIT("done"),
         LIT_INIT("dropped"));
WORDS_OF(WORDS_ABSENCE, "the reasons of an absence", LIT_INIT("invited-and-absent"),
         LIT_INIT("declined"), LIT_INIT("not-reached"), LIT_INIT("not-asked"));
#define DEED_WORD(ident, word) LIT_INIT(word),
WORDS_OF(WORDS_DEED, "the kinds of action", ACTION_DEEDS(DEED_WORD));

static const struct catalog_range MINUTES = {1, 600};
static const struct catalog_range NOT_NEGATIVE = {0, 1e15};
static const struct catalog_range FROM_ONE = {1, 1e6};

static const str A_BRIEFING[] = {LIT_INIT("briefing")};
static const struct catalog_targets TO_BRIEFING = {"briefing", A_BRIEFING, 1, 0};
static const str AN_ITEM[] = {LIT_INIT("briefing-item")};
static const struct catalog_targets TO_ITEM = {"briefing-item", AN_ITEM, 1, 0};
static const str AN_INVITATION[] = {LIT_INIT("briefing-invitation")};
static const struct catalog_targets TO_INVITATION = {"briefing-invitation", AN_INVITATION, 1, 0};
static const str A_WIDENING[] = {LIT_INIT("widening")};
static const struct catalog_targets TO_WIDENING = {"widening", A_WIDENING, 1, 0};
static const struct catalog_targets TO_ANYTHING = {
    "a STIX object", NULL, 0, CATALOG_SDO | CATALOG_SRO | CATALOG_SCO | CATALOG_META};

#define OF_BRIEFING                                            \
    {                                                          \
        N("briefing_ref"), KIND_REF, REQUIRED, TO(TO_BRIEFING) \
    }
#define PERSON(need)                                             \
    {                                                            \
        N("person_ref"), KIND_REF, need, TO(CATALOG_TO_IDENTITY) \
    }
#define ORGANIZATION(need)                                             \
    {                                                                  \
        N("organization_ref"), KIND_REF, need, TO(CATALOG_TO_IDENTITY) \
    }

static const struct catalog_property BRIEFING[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("start"), KIND_TIMESTAMP, REQUIRED},
    {N("local_start"), KIND_STRING, REQUIRED},
    {N("timezone"), KIND_STRING, REQUIRED},
    {N("minutes"), KIND_INTEGER, REQUIRED, IN(MINUTES)},
    {N("status"), KIND_WORD, REQUIRED, OF(WORDS_STATUS)},
    {N("cancelled_because"), KIND_STRING, OPTIONAL},
    {N("host_refs"), KIND_REF, REQUIRED, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("sequence"), KIND_INTEGER, OPTIONAL, IN(NOT_NEGATIVE)},
    {N("sent"), KIND_TIMESTAMP, OPTIONAL},
    {N("is_exercise"), KIND_BOOLEAN, OPTIONAL},
    {N("edition"), KIND_INTEGER, OPTIONAL, IN(FROM_ONE)},
    {N("follows_ref"), KIND_REF, OPTIONAL, TO(TO_BRIEFING)},
    {N("urgent_because"), KIND_STRING, OPTIONAL},
    {N("source"), KIND_STRING, OPTIONAL},
    {N("object_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_ANYTHING)},
};

static const struct catalog_property PLAN[] = {
    OF_BRIEFING,
    {N("sectors"), KIND_STRING, OPTIONAL, LIST},
    {N("jurisdictions"), KIND_STRING, OPTIONAL, LIST},
    {N("association_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("organization_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("person_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("duties"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_DUTY)},
};

static const struct catalog_property JOIN[] = {
    OF_BRIEFING,
    {N("content"), KIND_STRING, REQUIRED},
};

static const struct catalog_property ITEM[] = {
    OF_BRIEFING,
    {N("position"), KIND_INTEGER, REQUIRED, IN(NOT_NEGATIVE)},
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("start"), KIND_TIMESTAMP, OPTIONAL},
    {N("minutes"), KIND_INTEGER, REQUIRED, IN(MINUTES)},
    {N("presenter_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("presenter"), KIND_STRING, OPTIONAL},
    {N("source"), KIND_STRING, OPTIONAL},
    {N("audience_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("object_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_ANYTHING)},
    {N("is_red"), KIND_BOOLEAN, OPTIONAL},
    {N("is_dropped"), KIND_BOOLEAN, OPTIONAL},
    {N("is_left_out"), KIND_BOOLEAN, OPTIONAL},
};

static const struct catalog_property INVITATION[] = {
    OF_BRIEFING,
    PERSON(REQUIRED),
    ORGANIZATION(REQUIRED),
    {N("duty"), KIND_WORD, OPTIONAL, OF(WORDS_DUTY)},
    {N("delegated_by_ref"), KIND_REF, OPTIONAL, TO(TO_INVITATION)},
};

static const struct catalog_property REPLY[] = {
    OF_BRIEFING,
    {N("invitation_ref"), KIND_REF, REQUIRED, TO(TO_INVITATION)},
    PERSON(REQUIRED),
    {N("answer"), KIND_WORD, REQUIRED, OF(WORDS_ANSWER)},
    {N("delegate_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("note"), KIND_STRING, OPTIONAL},
    {N("noted_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("means"), KIND_WORD, OPTIONAL, OF(WORDS_MEANS)},
};
static const struct catalog_rule REPLY_RULES[] = {
    {RULE_NEEDS, {LIT_INIT("noted_by_ref"), LIT_INIT("means")}},
    {RULE_EXCLUDES, {LIT_INIT("noted_by_ref"), LIT_INIT("delegate_ref")}},
};
static const struct catalog_property ATTENDANCE[] = {
    OF_BRIEFING,
    {N("invitation_ref"), KIND_REF, OPTIONAL, TO(TO_INVITATION)},
    PERSON(OPTIONAL),
    ORGANIZATION(OPTIONAL),
    {N("name"), KIND_STRING, OPTIONAL},
    {N("was_there"), KIND_BOOLEAN, REQUIRED},
    {N("joined"), KIND_TIMESTAMP, OPTIONAL},
    {N("left"), KIND_TIMESTAMP, OPTIONAL},
};
static const struct catalog_rule ATTENDANCE_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("person_ref"), LIT_INIT("name")}},
    {RULE_EXCLUDES, {LIT_INIT("person_ref"), LIT_INIT("name")}},
    {RULE_NOT_BEFORE, {LIT_INIT("left"), LIT_INIT("joined")}},
    {RULE_FALSE_EXCLUDES, {LIT_INIT("was_there"), LIT_INIT("joined")}},
};

static const struct catalog_property QUESTION[] = {
    OF_BRIEFING,
    {N("item_ref"), KIND_REF, OPTIONAL, TO(TO_ITEM)},
    {N("content"), KIND_STRING, REQUIRED},
    PERSON(OPTIONAL),
    ORGANIZATION(OPTIONAL),
};

static const struct catalog_property HOST[] = {
    OF_BRIEFING,
    ORGANIZATION(REQUIRED),
    PERSON(REQUIRED),
    {N("deputy_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
};

static const struct catalog_property APPROVAL[] = {
    {N("target_ref"), KIND_REF, REQUIRED, TO(TO_BRIEFING)},
    {N("target_version"), KIND_TIMESTAMP, REQUIRED},
    {N("scope"), KIND_WORD, REQUIRED, OF(WORDS_SCOPE)},
    ORGANIZATION(REQUIRED),
    PERSON(REQUIRED),
    {N("is_approved"), KIND_BOOLEAN, REQUIRED},
    {N("is_without"), KIND_BOOLEAN, OPTIONAL},
    {N("scope_state"), KIND_STRING, OPTIONAL},
    {N("candidate_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("reason"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property COMMITMENT[] = {
    OF_BRIEFING,
    {N("content"), KIND_STRING, REQUIRED},
    ORGANIZATION(REQUIRED),
    PERSON(OPTIONAL),
    {N("due"), KIND_TIMESTAMP, OPTIONAL},
    {N("status"), KIND_WORD, REQUIRED, OF(WORDS_PROMISE)},
};

static const struct catalog_property CORRECTION[] = {
    OF_BRIEFING,
    {N("object_ref"), KIND_REF, REQUIRED, TO(TO_ANYTHING)},
    {N("before"), KIND_TIMESTAMP, REQUIRED},
    {N("after"), KIND_TIMESTAMP, REQUIRED},
    {N("reason"), KIND_STRING, REQUIRED},
};
static const struct catalog_rule CORRECTION_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("after"), LIT_INIT("before")}},
};

static const struct catalog_property ABSENCE[] = {
    OF_BRIEFING,
    ORGANIZATION(REQUIRED),
    PERSON(REQUIRED),
    {N("reason"), KIND_WORD, REQUIRED, OF(WORDS_ABSENCE)},
    {N("content"), KIND_STRING, REQUIRED},
    {N("is_later"), KIND_BOOLEAN, OPTIONAL},
};

static const struct catalog_property WIDENING[] = {
    OF_BRIEFING,
    {N("item_ref"), KIND_REF, REQUIRED, TO(TO_ITEM)},
    ORGANIZATION(REQUIRED),
    PERSON(REQUIRED),
    {N("content"), KIND_STRING, OPTIONAL},
};
static const struct catalog_property WIDENING_ANSWER[] = {
    OF_BRIEFING,
    {N("widening_ref"), KIND_REF, REQUIRED, TO(TO_WIDENING)},
    {N("is_granted"), KIND_BOOLEAN, REQUIRED},
    {N("reason"), KIND_STRING, OPTIONAL},
};

static const str AN_ARTIFACT[] = {LIT_INIT("artifact")};
static const struct catalog_targets TO_ARTIFACT = {"artifact", AN_ARTIFACT, 1, 0};
static const struct catalog_property MATERIAL[] = {
    OF_BRIEFING,
    {N("item_ref"), KIND_REF, OPTIONAL, TO(TO_ITEM)},
    {N("name"), KIND_STRING, REQUIRED},
    ORGANIZATION(REQUIRED),
    {N("file_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
    {N("object_ref"), KIND_REF, OPTIONAL, TO(TO_ANYTHING)},
    {N("is_replaced"), KIND_BOOLEAN, OPTIONAL},
};
static const struct catalog_rule MATERIAL_RULES[] = {
    {RULE_EXCLUDES, {LIT_INIT("file_ref"), LIT_INIT("object_ref")}},
    {RULE_ONE_OF, {LIT_INIT("file_ref"), LIT_INIT("object_ref")}},
};

static const struct catalog_property ACTION[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("deeds"), KIND_WORD, REQUIRED, LIST, OF(WORDS_DEED)},
    {N("taken"), KIND_TIMESTAMP, REQUIRED},
    {N("counts"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_INTEGER},
    {N("counted"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRING},
    {N("concerns"), KIND_STRING, OPTIONAL},
    {N("advice"), KIND_STRING, OPTIONAL},
    {N("briefing_ref"), KIND_REF, OPTIONAL, TO(TO_BRIEFING)},
    {N("object_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_ANYTHING)},
};

#define OWN(properties, extension_id, ...)                                           \
    CATALOG_SDO, &CATALOG_COMMON_SDO, {"11.2", PROPERTIES(properties), __VA_ARGS__}, \
        .extension = LIT_INIT(extension_id)

static const struct catalog_type TYPES[] = {
    {N("briefing"), OWN(BRIEFING, BRIEFING_EXTENSION)},
    {N("briefing-plan"), OWN(PLAN, PLAN_EXTENSION)},
    {N("briefing-join"), OWN(JOIN, JOIN_EXTENSION)},
    {N("briefing-item"), OWN(ITEM, ITEM_EXTENSION)},
    {N("briefing-invitation"), OWN(INVITATION, INVITATION_EXTENSION)},
    {N("briefing-reply"), OWN(REPLY, REPLY_EXTENSION, RULES(REPLY_RULES))},
    {N("attendance"), OWN(ATTENDANCE, ATTENDANCE_EXTENSION, RULES(ATTENDANCE_RULES))},
    {N("question"), OWN(QUESTION, QUESTION_EXTENSION)},
    {N("briefing-host"), OWN(HOST, HOST_EXTENSION)},
    {N("approval"), OWN(APPROVAL, APPROVAL_EXTENSION)},
    {N("commitment"), OWN(COMMITMENT, COMMITMENT_EXTENSION)},
    {N("correction"), OWN(CORRECTION, CORRECTION_EXTENSION, RULES(CORRECTION_RULES))},
    {N("absence"), OWN(ABSENCE, ABSENCE_EXTENSION)},
    {N("widening"), OWN(WIDENING, WIDENING_EXTENSION)},
    {N("widening-answer"), OWN(WIDENING_ANSWER, WIDENING_ANSWER_EXTENSION)},
    {N("action"), OWN(ACTION, ACTION_EXTENSION)},
    {N("briefing-material"), OWN(MATERIAL, MATERIAL_EXTENSION, RULES(MATERIAL_RULES))},
};

const struct catalog_table CATALOG_OWN = {TYPES, COUNT_OF(TYPES)};
