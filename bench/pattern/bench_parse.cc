/*
 * Bare parsing, the floor: a file through simdjson's DOM parser and nothing else.
 *
 *   bench_parse FILE
 *
 * Prints the seconds of the processor of each of fifteen passes; reading the file is not counted.
 */
#include <simdjson.h>

#include <cstdio>
#include <ctime>

static double cpu_seconds()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

int main(int argc, char **argv)
{
    simdjson::padded_string text;
    if (argc < 2 || simdjson::padded_string::load(argv[1]).get(text) != simdjson::SUCCESS)
        return 2;
    simdjson::dom::parser parser;
    for (int round = 0; round < 15; round++) {
        double begun = cpu_seconds();
        simdjson::dom::element root;
        if (parser.parse(text).get(root) != simdjson::SUCCESS)
            return 1;
        std::printf("bare %.5f 1\n", cpu_seconds() - begun);
    }
    return 0;
}
