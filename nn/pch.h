#pragma once
#include "core/base/pch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
