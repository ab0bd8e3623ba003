/*
 * Parts that several resources write.
 */
#include "api/parts.h"

#include "base/clock.h"
#include "stix/vocab.h"

void part_organization(struct json_writer *w, const struct policy_org *org)
{
    json_open_object(w);
    json_member(w, "id", org->id);
    json_member(w, "name", org->name);
    json_member(w, "sector", org->sector);
    json_key(w, LIT("jurisdictions"));
    json_open_array(w);
    for (size_t i = 0; i < org->jurisdiction_count; i++)
        json_put_string(w, org->jurisdictions[i]);
    json_close_array(w);
    json_close_object(w);
}

void part_affiliation(struct json_writer *w, const struct policy_org *org, unsigned roles)
{
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, org);
    json_key(w, LIT("roles"));
    json_open_array(w);
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (roles & 1u << i)
            json_put_string(w, role_name((enum role)i));
    }
    json_close_array(w);
    json_close_object(w);
}

void part_time(struct json_writer *w, const char *key, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    json_member(w, key, clock_write(time_us, text));
}
