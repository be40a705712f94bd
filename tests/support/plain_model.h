#pragma once

#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/text/tokenizer.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace assay::test {

using Vector = std::vector<double>;
using Rows = std::vector<Vector>;

/// A tensor as its file holds it.
struct PlainTensor {
    std::vector<std::int64_t> shape;
    Vector values; ///< each representable in fp32
};

/// The published equations of each family in double precision, one number after the other, as slow
/// as they are plain: what the engine's decoders are measured against where no reference numbers of
/// another program exist. Shares nothing with model/ and core/job but the JSON type.
class PlainModel {
public:
    /// Random weights under the names and shapes of a Hugging Face file, for a config as it is read
    /// there.
    PlainModel(Json config, std::uint64_t seed);

    const Json& config() const { return m_config; }
    std::map<std::string, PlainTensor>& tensors() { return m_tensors; }
    /// config.json and model.safetensors.
    void write(const std::filesystem::path& folder) const;

    /// Logits [tokens, vocabulary] of one sequence.
    Rows logits(const std::vector<TokenId>& ids) const;
    /// Mean of -log p(ids[t + 1]) over t >= from, nats.
    double loss(const std::vector<TokenId>& ids, std::size_t from) const;

private:
    struct Rotation {
        Vector frequencies;
        double magnitude = 1;
    };

    std::int64_t integer(const char* key, std::int64_t otherwise) const;
    double real(const char* key, double otherwise) const;
    bool isGemma() const;
    void add(
        const std::string& name, std::vector<std::int64_t> shape, double centre, double spread);
    void addLayer(const std::string& scope);
    const Vector& values(const std::string& name) const { return m_tensors.at(name).values; }

    Vector product(const std::string& weight, const std::string& bias, const Vector& x,
        std::size_t firstRow, std::size_t rows) const;
    Vector norm(const std::string& weight, const Vector& x) const;
    Rotation rotation(std::size_t layer, std::size_t length) const;
    std::int64_t window(std::size_t layer) const;
    void rotate(Vector& head, std::size_t position, const Rotation& rotation) const;
    Vector mlp(const std::string& scope, const Vector& x) const;
    Rows attention(const std::string& scope, std::size_t layer, const Rows& x) const;

    Json m_config;
    std::string m_family;
    std::map<std::string, PlainTensor> m_tensors;
    Rng m_rng;
    std::size_t m_hidden, m_heads, m_kvHeads, m_dimension, m_inner, m_layers, m_vocabulary;
};

} // namespace assay::test
