"""Includes go down the floors of src/FLOORS, and other people's headers stay where it says."""

import pytest

from source import ROOT, c_files, expect_none, includes

# The headers of C, POSIX and Linux, and the compiler's; any other is somebody's library.
SYSTEM = set("""
arpa/inet.h arpa/nameser.h assert.h ctype.h dirent.h dlfcn.h emmintrin.h endian.h errno.h fcntl.h
float.h grp.h
ifaddrs.h immintrin.h inttypes.h limits.h linux/tcp.h locale.h malloc.h math.h net/if.h netdb.h
netinet/in.h netinet/tcp.h poll.h pthread.h pwd.h regex.h resolv.h sanitizer/asan_interface.h
sanitizer/lsan_interface.h sched.h semaphore.h setjmp.h signal.h spawn.h stdalign.h stdarg.h
stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h
sys/epoll.h sys/eventfd.h sys/file.h sys/ioctl.h sys/mman.h sys/random.h sys/resource.h
sys/socket.h sys/stat.h sys/statvfs.h sys/syscall.h sys/time.h sys/types.h sys/uio.h sys/un.h
sys/wait.h syslog.h termios.h threads.h time.h ucontext.h unistd.h wchar.h
algorithm cstddef cstdint cstring limits memory new string string_view utility vector
""".split())


def read_floors():
    floors, headers = {}, {}
    for line in (ROOT / "src/FLOORS").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "header":
            headers[words[1]] = set(words[2:])
        else:
            floors[words[1]] = int(words[0])
    return floors, headers


FLOORS, HEADERS = read_floors()


def is_below(folder, other):
    return folder == other or FLOORS[other] < FLOORS[folder]


def test_every_folder_has_a_floor_and_a_tour():
    folders = {path.name for path in (ROOT / "src").iterdir() if path.is_dir()}
    assert folders == set(FLOORS)
    expect_none([f for f in sorted(folders) if not (ROOT / "src" / f / "README.md").exists()])


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_includes_its_own_folder_or_a_lower_floor(folder):
    bad = []
    for name in c_files(f"src/{folder}/"):
        for number, header in includes(name):
            if header[0] == '"':
                other = header.strip('"').split("/")[0]
                if "/" not in header or other not in FLOORS or not is_below(folder, other):
                    bad.append(f"{name}:{number}: {header}")
    expect_none(bad)


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_unit_tests_stand_on_the_floor_of_what_they_test(folder):
    bad = []
    for name in c_files(f"tests/unit/{folder}/"):
        for number, header in includes(name):
            other = header.strip('"').split("/")[0]
            if header[0] == '"' and other in FLOORS and not is_below(folder, other):
                bad.append(f"{name}:{number}: {header}")
    expect_none(bad)


def test_headers_of_libraries_are_included_where_the_floors_say():
    bad = []
    for name in c_files("src/"):
        for number, header in includes(name):
            bare = header.strip("<>")
            if header[0] == "<" and bare not in SYSTEM:
                if name.removeprefix("src/") not in HEADERS.get(bare, ()):
                    bad.append(f"{name}:{number}: {header}")
    expect_none(bad)


def test_the_floors_name_only_files_that_use_the_header():
    bad = [f"{header} {file}" for header, files in HEADERS.items() for file in sorted(files)
           if not (ROOT / "src" / file).exists()
           or f"<{header}>" not in (h for _, h in includes("src/" + file))]
    expect_none(bad)
