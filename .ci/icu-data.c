/* ICU's data, with nothing in it: what Foundation knows of languages and calendars, which is 30 MB, and of which this
   program uses nothing. ICU calls such a library "stubdata" and takes what it lacks for missing. The symbol has the
   version of the ICU that Swift brings; where that is another one, the linker takes the whole data again. */
#include <stdint.h>

/* Source: the format of a common data package in ICU's unicode/udata.h and ucmndata.h. */
const struct {
    uint16_t header_size;
    uint8_t magic[2];
    uint16_t info_size, reserved_word;
    uint8_t is_big_endian, charset_family, char_size, reserved_byte;
    uint8_t format[4], format_version[4], data_version[4];
    uint8_t padding[8];
    uint32_t count, reserved;
} icudt76_dat __attribute__((aligned(16))) = {
    .header_size = 32,
    .magic = {0xda, 0x27},
    .info_size = 20,
    .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
    .char_size = 2,
    .format = {'T', 'o', 'C', 'P'},
    .format_version = {1},
};
