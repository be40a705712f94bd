#pragma once

#include "core/weights/safetensors.h"
