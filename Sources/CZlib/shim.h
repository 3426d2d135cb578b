#ifndef ALLOCBISECT_CZLIB_SHIM_H
#define ALLOCBISECT_CZLIB_SHIM_H

#include <zlib.h>

#endif
