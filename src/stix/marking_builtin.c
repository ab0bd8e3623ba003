/*
 * The built-in marking definitions (STIX 2.1 §7.2.1.4, and the extension that OASIS published for
 * TLP 2.0): the only ones of their kind that may exist. And the statement of exercises.
 */
#include "stix/marking.h"

#include "base/num.h"

#define TLP_1(id, word, name)                                                                      \
    LIT_INIT(                                                                                      \
        "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" id                   \
        "\",\"created\":\"2017-01-20T00:00:00.000Z\",\"definition_type\":\"tlp\",\"name\":\"" name \
        "\",\"definition\":{\"tlp\":\"" word "\"}}")

#define TLP_2(id, word, name)                                                         \
    LIT_INIT("{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" id \
             "\",\"created\":\"2022-10-01T00:00:00.000Z\",\"name\":\"" name           \
             "\",\"extensions\":{\"" MARKING_TLP_2_EXTENSION "\":{"                   \
             "\"extension_type\":\"property-extension\",\"tlp_2_0\":\"" word "\"}}}")

#define BUILTIN(version, label, uuid, word)                                     \
    {                                                                           \
        LIT_INIT("marking-definition--" uuid), label, version,                  \
            TLP_##version("marking-definition--" uuid, word, label##_##version) \
    }

#define TLP_CLEAR_1 "TLP:WHITE"
#define TLP_CLEAR_2 "TLP:CLEAR"
#define TLP_GREEN_1 "TLP:GREEN"
#define TLP_GREEN_2 TLP_GREEN_1
#define TLP_AMBER_1 "TLP:AMBER"
#define TLP_AMBER_2 TLP_AMBER_1
#define TLP_AMBER_STRICT_2 "TLP:AMBER+STRICT"
#define TLP_RED_1 "TLP:RED"
#define TLP_RED_2 TLP_RED_1

/* Plain white of TLP 1 comes first; within a version they go by strictness. */
const struct marking_builtin MARKING_BUILTINS[] = {
    BUILTIN(1, TLP_CLEAR, "613f2e26-407d-48c7-9eca-b8e91df99dc9", "white"),
    BUILTIN(1, TLP_GREEN, "34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"),
    BUILTIN(1, TLP_AMBER, "f88d31f6-486f-44da-b317-01333bde0b82", "amber"),
    BUILTIN(1, TLP_RED, "5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"),
    BUILTIN(2, TLP_CLEAR, "94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
    BUILTIN(2, TLP_GREEN, "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
    BUILTIN(2, TLP_AMBER, "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
    BUILTIN(2, TLP_AMBER_STRICT, "939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
    BUILTIN(2, TLP_RED, "e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
};
const size_t MARKING_BUILTIN_COUNT = COUNT_OF(MARKING_BUILTINS);

const str MARKING_EXERCISE_DEFINITION = LIT_INIT(
    "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" MARKING_EXERCISE
    "\",\"created\":\"2026-11-28T00:00:00.000Z\",\"definition_type\":\"statement\","
    "\"name\":\"EXERCISE\",\"definition\":{\"statement\":\"EXERCISE EXERCISE EXERCISE. This is "
    "part of an exercise, and nothing of it happened.\"}}");
