/*
 * The table of operators, in the order of enum pattern_op_id.
 */
#include "pattern/ops.h"

#include "base/error.h"
#include "base/num.h"
#include "pattern/operate.h"

static const struct pattern_op OPS[] = {
    {LIT_INIT("="), LIT_INIT("=="), PATTERN_EQ, PATTERN_TAKES_ANY, operate_equal, "is"},
    {LIT_INIT("!="), LIT_INIT("<>"), PATTERN_NE, PATTERN_TAKES_ANY, operate_unequal, "is not"},
    {LIT_INIT("<"), {0}, PATTERN_LT, PATTERN_TAKES_ORDERED, operate_less, "is less than"},
    {LIT_INIT("<="), {0}, PATTERN_LE, PATTERN_TAKES_ORDERED, operate_at_most, "is at most"},
    {LIT_INIT(">"), {0}, PATTERN_GT, PATTERN_TAKES_ORDERED, operate_greater, "is greater than"},
    {LIT_INIT(">="), {0}, PATTERN_GE, PATTERN_TAKES_ORDERED, operate_at_least, "is at least"},
    {LIT_INIT("IN"), {0}, PATTERN_IN, PATTERN_TAKES_SET, operate_in, "is one of"},
    {LIT_INIT("LIKE"), {0}, PATTERN_LIKE, PATTERN_TAKES_STRING, operate_like, "is like"},
    {LIT_INIT("MATCHES"),
     {0},
     PATTERN_MATCHES,
     PATTERN_TAKES_STRING,
     operate_matches,
     "matches the regular expression"},
    {LIT_INIT("ISSUBSET"),
     {0},
     PATTERN_ISSUBSET,
     PATTERN_TAKES_STRING,
     operate_is_subset,
     "lies in the network"},
    {LIT_INIT("ISSUPERSET"),
     {0},
     PATTERN_ISSUPERSET,
     PATTERN_TAKES_STRING,
     operate_is_superset,
     "is a network that contains"},
    {LIT_INIT("EXISTS"), {0}, PATTERN_EXISTS, PATTERN_TAKES_NONE, operate_exists, "is there"},
};

const struct pattern_op *pattern_op_find(str name)
{
    for (size_t i = 0; name.len && i < COUNT_OF(OPS); i++) {
        const struct pattern_op *op = &OPS[i];
        if (op->name.at[0] == name.at[0] && str_eq(op->name, name))
            return op;
        if (op->alias.len && op->alias.at[0] == name.at[0] && str_eq(op->alias, name))
            return op;
    }
    return NULL;
}

const struct pattern_op *pattern_op_get(enum pattern_op_id id)
{
    ASSERT((size_t)id < COUNT_OF(OPS) && OPS[id].id == id);
    return &OPS[id];
}
