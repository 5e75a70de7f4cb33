// Intel ISA-L: the fastest inflate and deflate in Debian, with the CRC-32 of gzip and zip.
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
