#pragma once

#include "core/base/json.h"
#include "model/decoder.h"
#include "model/safetensors.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>

namespace assay::test {

/// A folder of tests/golden: a model and the numbers it must give (its README.md explains each).
struct Golden {
    std::filesystem::path folder;
    Json json;
    SafetensorsFile numbers;

    explicit Golden(const char* name)
        : folder(goldenFolder() / name) {
        auto read = readJsonFile(folder / "golden.json");
        auto opened = SafetensorsFile::open(folder / "golden.safetensors");
        if (!read || !opened)
            qFatal("golden numbers are missing: %s", name);
        json = std::move(*read);
        numbers = std::move(*opened);
    }

    std::vector<float> floats(const std::string& key) const {
        const TensorView* tensor = numbers.find(key);
        if (!tensor)
            qFatal("golden tensor is missing: %s", key.c_str());
        std::vector<float> values(std::size_t(tensor->elements()));
        toFloats(*tensor, values);
        return values;
    }

    /// The rows of input_ids without padding.
    std::vector<std::vector<TokenId>> rows() const {
        std::vector<std::vector<TokenId>> rows;
        for (std::size_t i = 0; i < json["input_ids"].size(); ++i) {
            auto row = json["input_ids"][i].get<std::vector<TokenId>>();
            row.resize(json["lengths"][i].get<std::size_t>());
            rows.push_back(std::move(row));
        }
        return rows;
    }
};

/// |a - b| / |b| in the L2 norm.
inline double relativeDistance(std::span<const float> a, std::span<const float> b) {
    double difference = 0;
    double size = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference += std::pow(double(a[i]) - double(b[i]), 2);
        size += std::pow(double(b[i]), 2);
    }
    return std::sqrt(difference / size);
}

/// A decoder with the golden folder's weights.
inline std::shared_ptr<Decoder> goldenDecoder(const Golden& golden, Dtype dtype, ParameterUse use) {
    const auto spec = readModelSpec(golden.folder);
    if (!spec)
        qFatal("%s", message(spec.error()).c_str());
    auto parameters = std::make_shared<Parameters>(parameterLayout(*spec), dtype, use);
    if (auto done = loadWeights(golden.folder, *spec, *parameters, {}, {}); !done)
        qFatal("%s", message(done.error()).c_str());
    return std::make_shared<Decoder>(*spec, parameters);
}

} // namespace assay::test
