/*
 * The relationships that the standard defines (STIX 2.1 appendix B).
 */
#include "base/num.h"
#include "stix/catalog.h"

struct relation {
    str source;
    str name;
    const char *targets; /* separated by blanks; "*" is any cyber-observable */
};

static const struct relation RELATIONS[] = {
    {LIT_INIT("attack-pattern"), LIT_INIT("delivers"), "malware"},
    {LIT_INIT("attack-pattern"), LIT_INIT("targets"), "identity location vulnerability"},
    {LIT_INIT("attack-pattern"), LIT_INIT("uses"), "malware tool"},
    {LIT_INIT("campaign"), LIT_INIT("attributed-to"), "intrusion-set threat-actor"},
    {LIT_INIT("campaign"), LIT_INIT("compromises"), "infrastructure"},
    {LIT_INIT("campaign"), LIT_INIT("originates-from"), "location"},
    {LIT_INIT("campaign"), LIT_INIT("targets"), "identity location vulnerability"},
    {LIT_INIT("campaign"), LIT_INIT("uses"), "attack-pattern infrastructure malware tool"},
    {LIT_INIT("course-of-action"), LIT_INIT("investigates"), "indicator"},
    {LIT_INIT("course-of-action"), LIT_INIT("mitigates"),
     "attack-pattern indicator malware tool vulnerability"},
    {LIT_INIT("course-of-action"), LIT_INIT("remediates"), "malware vulnerability"},
    {LIT_INIT("domain-name"), LIT_INIT("resolves-to"), "domain-name ipv4-addr ipv6-addr"},
    {LIT_INIT("identity"), LIT_INIT("located-at"), "location"},
    {LIT_INIT("indicator"), LIT_INIT("indicates"),
     "attack-pattern campaign infrastructure intrusion-set malware threat-actor tool"},
    {LIT_INIT("indicator"), LIT_INIT("based-on"), "observed-data"},
    {LIT_INIT("infrastructure"), LIT_INIT("communicates-with"),
     "infrastructure ipv4-addr ipv6-addr domain-name url"},
    {LIT_INIT("infrastructure"), LIT_INIT("consists-of"), "infrastructure observed-data *"},
    {LIT_INIT("infrastructure"), LIT_INIT("controls"), "infrastructure malware"},
    {LIT_INIT("infrastructure"), LIT_INIT("delivers"), "malware"},
    {LIT_INIT("infrastructure"), LIT_INIT("has"), "vulnerability"},
    {LIT_INIT("infrastructure"), LIT_INIT("hosts"), "tool malware"},
    {LIT_INIT("infrastructure"), LIT_INIT("located-at"), "location"},
    {LIT_INIT("infrastructure"), LIT_INIT("uses"), "infrastructure"},
    {LIT_INIT("intrusion-set"), LIT_INIT("attributed-to"), "threat-actor"},
    {LIT_INIT("intrusion-set"), LIT_INIT("compromises"), "infrastructure"},
    {LIT_INIT("intrusion-set"), LIT_INIT("hosts"), "infrastructure"},
    {LIT_INIT("intrusion-set"), LIT_INIT("owns"), "infrastructure"},
    {LIT_INIT("intrusion-set"), LIT_INIT("originates-from"), "location"},
    {LIT_INIT("intrusion-set"), LIT_INIT("targets"), "identity location vulnerability"},
    {LIT_INIT("intrusion-set"), LIT_INIT("uses"), "attack-pattern infrastructure malware tool"},
    {LIT_INIT("ipv4-addr"), LIT_INIT("belongs-to"), "autonomous-system"},
    {LIT_INIT("ipv4-addr"), LIT_INIT("resolves-to"), "mac-addr"},
    {LIT_INIT("ipv6-addr"), LIT_INIT("belongs-to"), "autonomous-system"},
    {LIT_INIT("ipv6-addr"), LIT_INIT("resolves-to"), "mac-addr"},
    {LIT_INIT("malware"), LIT_INIT("authored-by"), "threat-actor intrusion-set"},
    {LIT_INIT("malware"), LIT_INIT("beacons-to"), "infrastructure"},
    {LIT_INIT("malware"), LIT_INIT("exfiltrates-to"), "infrastructure"},
    {LIT_INIT("malware"), LIT_INIT("communicates-with"), "ipv4-addr ipv6-addr domain-name url"},
    {LIT_INIT("malware"), LIT_INIT("controls"), "malware"},
    {LIT_INIT("malware"), LIT_INIT("downloads"), "malware tool file"},
    {LIT_INIT("malware"), LIT_INIT("drops"), "malware tool file"},
    {LIT_INIT("malware"), LIT_INIT("exploits"), "vulnerability"},
    {LIT_INIT("malware"), LIT_INIT("originates-from"), "location"},
    {LIT_INIT("malware"), LIT_INIT("targets"), "identity infrastructure location vulnerability"},
    {LIT_INIT("malware"), LIT_INIT("uses"), "attack-pattern infrastructure malware tool"},
    {LIT_INIT("malware"), LIT_INIT("variant-of"), "malware"},
    {LIT_INIT("malware-analysis"), LIT_INIT("characterizes"), "malware"},
    {LIT_INIT("malware-analysis"), LIT_INIT("av-analysis-of"), "malware"},
    {LIT_INIT("malware-analysis"), LIT_INIT("static-analysis-of"), "malware"},
    {LIT_INIT("malware-analysis"), LIT_INIT("dynamic-analysis-of"), "malware"},
    {LIT_INIT("threat-actor"), LIT_INIT("attributed-to"), "identity"},
    {LIT_INIT("threat-actor"), LIT_INIT("compromises"), "infrastructure"},
    {LIT_INIT("threat-actor"), LIT_INIT("hosts"), "infrastructure"},
    {LIT_INIT("threat-actor"), LIT_INIT("owns"), "infrastructure"},
    {LIT_INIT("threat-actor"), LIT_INIT("impersonates"), "identity"},
    {LIT_INIT("threat-actor"), LIT_INIT("located-at"), "location"},
    {LIT_INIT("threat-actor"), LIT_INIT("targets"), "identity location vulnerability"},
    {LIT_INIT("threat-actor"), LIT_INIT("uses"), "attack-pattern infrastructure malware tool"},
    {LIT_INIT("tool"), LIT_INIT("delivers"), "malware"},
    {LIT_INIT("tool"), LIT_INIT("drops"), "malware"},
    {LIT_INIT("tool"), LIT_INIT("has"), "vulnerability"},
    {LIT_INIT("tool"), LIT_INIT("targets"), "identity infrastructure location vulnerability"},
    {LIT_INIT("tool"), LIT_INIT("uses"), "infrastructure"},
};

/* Appendix B knows these for any two types. */
static bool is_common(str relationship)
{
    return str_eq(relationship, LIT("related-to")) || str_eq(relationship, LIT("derived-from")) ||
           str_eq(relationship, LIT("duplicate-of"));
}

static bool has_target(const char *targets, const struct catalog_type *type)
{
    str rest = str_of(targets);
    for (str word; str_cut(&rest, ' ', &word);) {
        if (str_eq(word, type->name) || (word.at[0] == '*' && type->class == CATALOG_SCO))
            return true;
    }
    return false;
}

bool catalog_relationship_is_defined(str source_type, str relationship, str target_type)
{
    const struct catalog_type *source = catalog_find(CATALOG_2_1, source_type);
    const struct catalog_type *target = catalog_find(CATALOG_2_1, target_type);
    if (!source || !target || is_common(relationship))
        return true;
    for (size_t i = 0; i < COUNT_OF(RELATIONS); i++) {
        const struct relation *r = &RELATIONS[i];
        if (str_eq(r->name, relationship) && str_eq(r->source, source_type) &&
            has_target(r->targets, target))
            return true;
    }
    return false;
}
