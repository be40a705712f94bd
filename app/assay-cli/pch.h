#pragma once
#include "core/base/pch.h"

#include <CLI/CLI.hpp>
