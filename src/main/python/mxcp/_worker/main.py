"""The first lines of a worker. Any Python can read this file, so that one that is too old can say so."""
import os
import sys


def main():
    if sys.version_info < (3, 10):
        sys.stderr.write("mxcp-python-too-old %s %s\n" % (sys.version.split()[0], sys.executable))
        sys.exit(78)
    here = os.path.dirname(os.path.realpath(__file__))
    # the shipped package comes before everything else; the folder of this script must not be searched at all
    sys.path[:] = [os.path.dirname(os.path.dirname(here))] + [
        entry for entry in sys.path if os.path.realpath(entry or ".") != here
    ]
    from mxcp._worker import process

    process.run(sys.argv[1], sys.argv[2])


# children of multiprocessing import this file under another name
if __name__ == "__main__":
    main()
