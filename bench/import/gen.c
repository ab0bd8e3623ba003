/*
 * Writes STIX 2.1 objects as JSON Lines, for measuring: a mixture of types of about 1 kB each, all
 * valid, the same for the same seed. Object number i is a function of seed and i alone, so that a
 * relationship can point at any object before it without remembering any.
 *
 *   bench_gen COUNT [--seed N] [--first I] [--rare ORG] [--rarest ORG]
 *
 * Without more, labels are spread: 40 % CLEAR, 30 % GREEN, 20 % AMBER, 10 % none. With --rare and
 * --rarest (identity ids) no object is CLEAR, but one in 1,000 that carries a named audience which
 * admits the first organization, and one in 100,000 for the second. An organization whose ceiling
 * is CLEAR then reads exactly those.
 */
#include "base/clock.h"
#include "base/num.h"
#include "base/uuid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES_MAX 8192
#define RARE_EVERY 1000
#define RAREST_EVERY 100000
#define FIRST_TIME_US INT64_C(1735689600000000) /* 2025-01-01 */

enum kind {
    INDICATOR,
    DOMAIN,
    ADDRESS,
    FILE_HASH,
    ACCOUNT,
    IDENTITY,
    SIGHTING,
    RELATIONSHIP,
    KIND_COUNT
};

static const struct {
    const char *type;
    unsigned percent;
} KINDS[KIND_COUNT] = {
    {"indicator", 38},   {"domain-name", 12}, {"ipv4-addr", 8}, {"file", 6},
    {"user-account", 4}, {"identity", 6},     {"sighting", 10}, {"relationship", 16},
};

static const char *const MARKINGS[] = {
    "94868c89-83c2-464b-929b-a1a8aa3c8487", /* CLEAR */
    "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", /* GREEN */
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421", /* AMBER */
};

static const char *const RARE_MARKING = "5d0ff2a4-2c9d-4a8b-9f6e-000000001000";
static const char *const RAREST_MARKING = "5d0ff2a4-2c9d-4a8b-9f6e-000000100000";

static const char *const WORDS[] = {
    "county",   "registration", "server",  "observed", "account",  "lookalike", "domain",
    "election", "official",     "message", "relay",    "campaign", "narrative", "amplified",
    "page",     "persona",      "network", "login",    "portal",   "phishing",  "sample",
    "host",     "certificate",  "ballot",  "office",   "notice",   "shared",    "cluster",
    "weekend",  "reported",     "actor",   "payload"};

struct gen {
    uint64_t seed;
    const char *rare;
    const char *rarest;
    char line[LINE_BYTES_MAX];
    size_t len;
};

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Random number `lane` of object `i`. */
static uint64_t random_of(const struct gen *g, uint64_t i, unsigned lane)
{
    return mix(mix(g->seed ^ mix(i)) + lane);
}

static enum kind kind_of(const struct gen *g, uint64_t i)
{
    unsigned at = (unsigned)(random_of(g, i, 0) % 100);
    unsigned kind = 0;
    while (at >= KINDS[kind].percent)
        at -= KINDS[kind++].percent;
    return (enum kind)kind;
}

static void put_bytes(struct gen *g, const char *bytes, size_t len)
{
    if (g->len + len > sizeof(g->line))
        abort();
    memcpy(g->line + g->len, bytes, len);
    g->len += len;
}

static void put(struct gen *g, const char *text)
{
    put_bytes(g, text, strlen(text));
}

static void put_hex(struct gen *g, uint64_t value, unsigned digits)
{
    while (digits--)
        put_bytes(g, &"0123456789abcdef"[(value >> (4 * digits)) & 15], 1);
}

static void put_number(struct gen *g, uint64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
    put_bytes(g, digits, (size_t)len);
}

static void put_words(struct gen *g, uint64_t i, unsigned lane, unsigned count)
{
    uint64_t bits = 0;
    for (unsigned k = 0; k < count; k++) {
        if (k % 12 == 0)
            bits = random_of(g, i, lane + k);
        if (k)
            put(g, " ");
        put(g, WORDS[bits & 31]);
        bits >>= 5;
    }
}

static void put_value(struct gen *g, enum kind kind, uint64_t i)
{
    uint64_t r = random_of(g, i, 3);
    if (kind == DOMAIN) {
        put(g, WORDS[r & 31]);
        put(g, "-");
        put_hex(g, r >> 8, 10);
        put(g, ".example");
    } else if (kind == ADDRESS) {
        for (unsigned k = 0; k < 4; k++) {
            if (k)
                put(g, ".");
            put_number(g, (r >> (8 * k)) & 255);
        }
    } else if (kind == ACCOUNT) {
        put(g, "u");
        put_hex(g, r, 12);
    } else {
        for (unsigned k = 0; k < 4; k++)
            put_hex(g, random_of(g, i, 3 + k), 16);
    }
}

/* The deterministic id of an observable is a hash of what identifies it (STIX 2.1 §2.9). */
static void put_observable_uuid(struct gen *g, enum kind kind, uint64_t i)
{
    static const char *const OPEN[] = {[DOMAIN] = "{\"value\":\"",
                                       [ADDRESS] = "{\"value\":\"",
                                       [FILE_HASH] = "{\"hashes\":{\"SHA-256\":\"",
                                       [ACCOUNT] = "{\"account_type\":\"facebook\",\"user_id\":\""};
    size_t from = g->len;
    put(g, OPEN[kind]);
    put_value(g, kind, i);
    put(g, kind == FILE_HASH ? "\"}}" : "\"}");
    char uuid[UUID_TEXT_BYTES];
    uuid_of_name(LIT("00abedb4-aa42-466c-9c01-fed23315a9b7"), (str){g->line + from, g->len - from},
                 uuid);
    g->len = from;
    put_bytes(g, uuid, UUID_TEXT_BYTES);
}

static void put_id(struct gen *g, uint64_t i)
{
    enum kind kind = kind_of(g, i);
    put(g, KINDS[kind].type);
    put(g, "--");
    if (kind >= DOMAIN && kind <= ACCOUNT) {
        put_observable_uuid(g, kind, i);
        return;
    }
    uint64_t high = random_of(g, i, 1);
    uint64_t low = random_of(g, i, 2);
    put_hex(g, high >> 32, 8);
    put(g, "-");
    put_hex(g, high >> 16, 4);
    put(g, "-4");
    put_hex(g, high, 3);
    put(g, "-");
    put_hex(g, 8 | (low & 3), 1);
    put_hex(g, low >> 4, 3);
    put(g, "-");
    put_hex(g, low >> 16, 12);
}

static void put_time(struct gen *g, const char *key, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    put(g, ",\"");
    put(g, key);
    put(g, "\":\"");
    clock_write(time_us - time_us % 1000, text);
    put_bytes(g, text, 23); /* to the millisecond */
    put(g, "Z\"");
}

static void put_marking(struct gen *g, uint64_t i)
{
    const char *named = NULL;
    unsigned label = (unsigned)(random_of(g, i, 20) % 10);
    label = label < 4 ? 0 : label < 7 ? 1 : label < 9 ? 2 : 3;
    if (g->rare) {
        named = i % RAREST_EVERY == 7 ? RAREST_MARKING : i % RARE_EVERY == 3 ? RARE_MARKING : NULL;
        label = named ? 0 : label ? label : 1;
    }
    if (label == 3)
        return;
    put(g, ",\"object_marking_refs\":[\"marking-definition--");
    put(g, MARKINGS[label]);
    if (named) {
        put(g, "\",\"marking-definition--");
        put(g, named);
    }
    put(g, "\"]");
}

/* An object before `i`, of a kind that one points at. */
static void put_end(struct gen *g, const char *key, uint64_t i, unsigned lane)
{
    uint64_t reach = i < 5000 ? i : 5000;
    uint64_t end = i;
    for (unsigned tries = 0; reach && tries < 64; tries++) {
        end = i - 1 - random_of(g, i, lane + tries) % reach;
        enum kind kind = kind_of(g, end);
        if (kind == INDICATOR || (kind == IDENTITY && *key != 's'))
            break;
        end = i;
    }
    put(g, ",\"");
    put(g, key);
    put(g, "\":\"");
    if (end == i)
        put(g, "indicator--11111111-1111-4111-8111-111111111111");
    else
        put_id(g, end);
    put(g, "\"");
}

static void put_text(struct gen *g, const char *key, uint64_t i, unsigned words)
{
    put(g, ",\"");
    put(g, key);
    put(g, "\":\"");
    put_words(g, i, 40, words);
    put(g, "\"");
}

static void put_indicator(struct gen *g, uint64_t i)
{
    int64_t from_us = FIRST_TIME_US + (int64_t)i * 1000;
    put(g, ",\"name\":\"");
    put_words(g, i, 30, 5);
    put(g, "\",\"indicator_types\":[\"malicious-activity\"],\"pattern_type\":\"stix\","
           "\"pattern\":\"[domain-name:value = '");
    put_value(g, DOMAIN, i);
    put(g, "' OR file:hashes.'SHA-256' = '");
    put_value(g, FILE_HASH, i);
    put(g, "']\"");
    put_time(g, "valid_from", from_us);
    put(g, ",\"confidence\":");
    put_number(g, random_of(g, i, 31) % 101);
    put(g, ",\"kill_chain_phases\":[{\"kill_chain_name\":\"disarm\",\"phase_name\":\"prepare\"}]");
    put(g, ",\"external_references\":[{\"source_name\":\"bench\",\"url\":\"https://feed.example/");
    put_hex(g, random_of(g, i, 32), 16);
    put(g, "\"}]");
    put_text(g, "description", i, 60 + (unsigned)(random_of(g, i, 33) % 60));
}

static void put_observable(struct gen *g, enum kind kind, uint64_t i)
{
    static const char *const OPEN[] = {
        [DOMAIN] = ",\"value\":\"",
        [ADDRESS] = ",\"value\":\"",
        [FILE_HASH] = ",\"size\":4096,\"name\":\"sample.bin\",\"hashes\":{\"SHA-256\":\"",
        [ACCOUNT] = ",\"account_type\":\"facebook\",\"user_id\":\""};
    put(g, OPEN[kind]);
    put_value(g, kind, i);
    put(g, kind == FILE_HASH ? "\"}" : "\"");
}

static void put_sdo(struct gen *g, enum kind kind, uint64_t i)
{
    int64_t time_us = FIRST_TIME_US + (int64_t)i * 1000;
    put_time(g, "created", time_us);
    put_time(g, "modified", time_us);
    if (kind == INDICATOR) {
        put_indicator(g, i);
    } else if (kind == IDENTITY) {
        put_text(g, "name", i, 4);
        put(g, ",\"identity_class\":\"organization\",\"sectors\":[\"government\"]");
        put_text(g, "description", i + 1, 80);
    } else if (kind == SIGHTING) {
        put_end(g, "sighting_of_ref", i, 100);
        put(g, ",\"count\":");
        put_number(g, 1 + random_of(g, i, 34) % 1000);
        put_text(g, "description", i, 60);
    } else {
        put(g, ",\"relationship_type\":\"related-to\"");
        put_end(g, "source_ref", i, 100);
        put_end(g, "target_ref", i, 200);
        put_text(g, "description", i, 60);
    }
}

static void put_object(struct gen *g, uint64_t i)
{
    enum kind kind = kind_of(g, i);
    g->len = 0;
    put(g, "{\"type\":\"");
    put(g, KINDS[kind].type);
    put(g, "\",\"spec_version\":\"2.1\",\"id\":\"");
    put_id(g, i);
    put(g, "\"");
    if (kind >= DOMAIN && kind <= ACCOUNT)
        put_observable(g, kind, i);
    else
        put_sdo(g, kind, i);
    put_marking(g, i);
    put(g, "}\n");
    fwrite(g->line, 1, g->len, stdout);
}

static void put_audience(const char *marking, const char *org)
{
    if (org == NULL)
        return;
    printf(
        "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"marking-definition--%s"
        "\",\"created\":\"2025-01-01T00:00:00.000Z\",\"name\":\"bench\",\"extensions\":{"
        "\"extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60\":{\"extension_type\":"
        "\"property-extension\",\"organizations\":[\"%s\"]}}}\n",
        marking, org);
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_gen COUNT [--seed N] [--first I] [--rare ORG] [--rarest ORG]\n"
                    "Writes COUNT valid STIX 2.1 objects of about 1 kB as JSON Lines.\n");
    return 2;
}

int main(int count, char **args)
{
    static struct gen gen = {.seed = 1};
    uint64_t objects;
    uint64_t first = 0;
    if (count < 2 || !str_to_u64(str_of(args[1]), &objects))
        return usage();
    for (int k = 2; k < count; k += 2) {
        str name = str_of(args[k]);
        bool is_good = k + 1 < count;
        if (is_good && str_eq(name, LIT("--seed")))
            is_good = str_to_u64(str_of(args[k + 1]), &gen.seed);
        else if (is_good && str_eq(name, LIT("--first")))
            is_good = str_to_u64(str_of(args[k + 1]), &first);
        else if (is_good && str_eq(name, LIT("--rare")))
            gen.rare = args[k + 1];
        else if (is_good && str_eq(name, LIT("--rarest")))
            gen.rarest = args[k + 1];
        else
            return usage();
        if (!is_good)
            return usage();
    }
    put_audience(RARE_MARKING, gen.rare);
    put_audience(RAREST_MARKING, gen.rarest);
    for (uint64_t i = first; i < first + objects; i++)
        put_object(&gen, i);
    return fflush(stdout) == 0 ? 0 : 1;
}
