/*
 * Is it STIX? Checks objects against the catalog and collects findings: a broken MUST refuses the
 * object, a broken SHOULD is a warning (rules L4, L5). Sections are those of STIX 2.1, or of the
 * parts of STIX 2.0 where `section` begins with "2.0".
 */
#ifndef TOCSIN_STIX_VALIDATE_H
#define TOCSIN_STIX_VALIDATE_H

#include "json/json.h"

enum stix_level { STIX_MUST, STIX_SHOULD };

struct stix_finding {
    enum stix_level level;
    str path;            /* "kill_chain_phases[0].phase_name"; empty: the object itself */
    str rule;            /* words for people, without the final stop */
    const char *section; /* "3.2" */
};

/* At most this many findings are kept for one object, half of them warnings; counts go on. */
#define STIX_FINDINGS_MAX 64

struct stix_findings {
    struct stix_finding *items; /* in the order found; NULL while there is none */
    size_t count;
    size_t capacity;
    size_t must_count; /* broken MUSTs, also those not kept */
    size_t should_count;
};

enum stix_spec {
    STIX_SPEC_BY_OBJECT, /* rule L4: an SDO or SRO without spec_version is 2.0 */
    STIX_SPEC_2_1,       /* spec_version is demanded */
    STIX_SPEC_2_0,       /* everything without spec_version is 2.0, SCOs are refused */
};

/*
 * Checks one object, or a bundle with everything in it (paths then begin "objects[3]."). Findings
 * are added to `out`, which begins zeroed; texts are in `a` or literals. Nothing is allocated for
 * an object without findings, save what parsing an indicator's pattern needs.
 */
void stix_check(struct arena *a, json value, enum stix_spec spec, struct stix_findings *out);

/* The first broken MUST as one error: ERR_INVALID "path: rule (STIX 2.1 section)"; NULL if none. */
err stix_findings_error(struct arena *a, const struct stix_findings *findings);

/* One finding as "path: rule (STIX 2.1 §3.2)". */
str stix_finding_text(struct arena *a, const struct stix_finding *finding);

/* What stix_validate_text says of one object, in the order of the file. */
struct stix_verdict {
    size_t index;    /* among the objects of the file, from 0; SIZE_MAX: the bundle around them */
    size_t line;     /* where it begins in the file, from 1 */
    uint64_t offset; /* the same in bytes, from 0 */
    str type;        /* may be empty */
    str id;          /* may be empty */
    const struct stix_findings *findings; /* until the call returns */
};

struct stix_validate_options {
    enum stix_spec spec;
    /* Called once for each object that has findings; for every object if `wants_clean`. */
    void (*on_verdict)(void *to, const struct stix_verdict *verdict);
    void *to;
    bool wants_clean;
};

struct stix_validate_totals {
    size_t object_count;
    size_t refused_count; /* with a broken MUST */
    size_t warned_count;  /* with broken SHOULDs only */
    bool is_bundle_refused;
};

/*
 * Validates a whole file in memory: bundle, TAXII envelope, single object or JSON lines. Fails
 * (ERR_INPUT, with line and column) only where the text around the objects is not readable; an
 * object that is not JSON is a verdict like any other.
 */
err stix_validate_text(struct arena *a, str text, const struct stix_validate_options *options,
                       struct stix_validate_totals *out) MUST_USE;

#endif
