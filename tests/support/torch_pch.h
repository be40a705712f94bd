#pragma once
#include "tests/support/pch.h"

#include <ATen/ATen.h>
