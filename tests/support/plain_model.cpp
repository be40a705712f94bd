#include "tests/support/plain_model.h"

#include "core/weights/safetensors.h"

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

namespace assay::test {

namespace {

constexpr double pi = 3.14159265358979323846;

double dot(const double* a, const double* b, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

double capped(double x, double cap) {
    return cap > 0 ? cap * std::tanh(x / cap) : x;
}

double silu(double x) {
    return x / (1 + std::exp(-x));
}

double geluTanh(double x) {
    return 0.5 * x * (1 + std::tanh(std::sqrt(2 / pi) * (x + 0.044715 * x * x * x)));
}

void addTo(Vector& target, const Vector& other) {
    for (std::size_t i = 0; i < target.size(); ++i)
        target[i] += other[i];
}

} // namespace

std::int64_t PlainModel::integer(const char* key, std::int64_t otherwise) const {
    return m_config.contains(key) && m_config[key].is_number() ? m_config[key].get<std::int64_t>()
                                                               : otherwise;
}
double PlainModel::real(const char* key, double otherwise) const {
    return m_config.contains(key) && m_config[key].is_number() ? m_config[key].get<double>()
                                                               : otherwise;
}
bool PlainModel::isGemma() const {
    return m_family.starts_with("gemma");
}

PlainModel::PlainModel(Json config, std::uint64_t seed)
    : m_config(std::move(config))
    , m_family(m_config["model_type"].get<std::string>())
    , m_rng(seed)
    , m_hidden(std::size_t(integer("hidden_size", 0)))
    , m_heads(std::size_t(integer("num_attention_heads", 0)))
    , m_kvHeads(std::size_t(integer("num_key_value_heads", std::int64_t(m_heads))))
    , m_dimension(std::size_t(integer("head_dim", std::int64_t(m_hidden / m_heads))))
    , m_inner(std::size_t(integer("intermediate_size", 0)))
    , m_layers(std::size_t(integer("num_hidden_layers", 0)))
    , m_vocabulary(std::size_t(integer("vocab_size", 0))) {
    const auto hidden = std::int64_t(m_hidden);
    add("model.embed_tokens.weight", {std::int64_t(m_vocabulary), hidden}, 0, 0.3);
    for (std::size_t i = 0; i < m_layers; ++i)
        addLayer("model.layers." + std::to_string(i) + ".");
    add("model.norm.weight", {hidden}, isGemma() ? 0 : 1, 0.3);
    if (!m_config["tie_word_embeddings"].get<bool>())
        add("lm_head.weight", {std::int64_t(m_vocabulary), hidden}, 0, 0.4);
}

void PlainModel::add(
    const std::string& name, std::vector<std::int64_t> shape, double centre, double spread) {
    PlainTensor tensor;
    std::size_t count = 1;
    for (const std::int64_t size : shape)
        count *= std::size_t(size);
    tensor.shape = std::move(shape);
    for (std::size_t i = 0; i < count; ++i)
        tensor.values.push_back(double(float(centre + spread * m_rng.normal())));
    m_tensors[name] = std::move(tensor);
}

void PlainModel::addLayer(const std::string& scope) {
    const auto hidden = std::int64_t(m_hidden);
    const auto queries = std::int64_t(m_heads * m_dimension);
    const auto keys = std::int64_t(m_kvHeads * m_dimension);
    const auto inner = std::int64_t(m_inner);
    const double centre = isGemma() ? 0 : 1;
    const double spread = 1 / std::sqrt(double(m_hidden));
    const auto map = [&](const std::string& name, std::int64_t out, std::int64_t in, bool bias) {
        add(scope + name + ".weight", {out, in}, 0, 1.2 * spread);
        if (bias)
            add(scope + name + ".bias", {out}, 0, 0.3);
    };
    const bool bias = m_config.value("attention_bias", false);
    add(scope + "input_layernorm.weight", {hidden}, centre, 0.3);
    add(scope + "post_attention_layernorm.weight", {hidden}, centre, 0.3);
    if (isGemma()) {
        add(scope + "pre_feedforward_layernorm.weight", {hidden}, centre, 0.3);
        add(scope + "post_feedforward_layernorm.weight", {hidden}, centre, 0.3);
    }
    if (m_family == "phi3") {
        map("self_attn.qkv_proj", queries + 2 * keys, hidden, false);
        map("mlp.gate_up_proj", 2 * inner, hidden, false);
    } else {
        map("self_attn.q_proj", queries, hidden, bias);
        map("self_attn.k_proj", keys, hidden, bias);
        map("self_attn.v_proj", keys, hidden, bias);
        map("mlp.gate_proj", inner, hidden, m_config.value("mlp_bias", false));
        map("mlp.up_proj", inner, hidden, m_config.value("mlp_bias", false));
    }
    map("self_attn.o_proj", hidden, queries, bias);
    map("mlp.down_proj", hidden, inner, m_config.value("mlp_bias", false));
    if (m_family == "qwen3" || m_family == "gemma3_text") {
        add(scope + "self_attn.q_norm.weight", {std::int64_t(m_dimension)}, centre, 0.3);
        add(scope + "self_attn.k_norm.weight", {std::int64_t(m_dimension)}, centre, 0.3);
    }
}

void PlainModel::write(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "config.json") << m_config.dump(2);
    std::vector<TensorToWrite> tensors;
    std::vector<std::vector<float>> memory;
    memory.reserve(m_tensors.size());
    for (const auto& [name, tensor] : m_tensors) {
        memory.emplace_back(tensor.values.begin(), tensor.values.end());
        tensors.push_back(
            {name, TensorType::F32, tensor.shape, std::as_bytes(std::span(memory.back()))});
    }
    if (auto done = writeSafetensors(folder / "model.safetensors", tensors); !done)
        qFatal("%s", message(done.error()).c_str());
}

/// Rows [firstRow, firstRow + rows) of weight times x, plus bias.
Vector PlainModel::product(const std::string& weight, const std::string& bias, const Vector& x,
    std::size_t firstRow, std::size_t rows) const {
    const Vector& w = values(weight);
    Vector y(rows);
    for (std::size_t r = 0; r < rows; ++r)
        y[r] = dot(&w[(firstRow + r) * x.size()], x.data(), x.size());
    if (const auto found = m_tensors.find(bias); found != m_tensors.end())
        for (std::size_t r = 0; r < rows; ++r)
            y[r] += found->second.values[firstRow + r];
    return y;
}

/// x / sqrt(mean(x^2) + eps) * w; Gemma stores w - 1.
Vector PlainModel::norm(const std::string& weight, const Vector& x) const {
    const Vector& w = values(weight);
    const double scale = 1
        / std::sqrt(
            dot(x.data(), x.data(), x.size()) / double(x.size()) + real("rms_norm_eps", 1e-6));
    Vector y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = x[i] * scale * (isGemma() ? 1 + w[i] : w[i]);
    return y;
}

std::int64_t PlainModel::window(std::size_t layer) const {
    if (m_config.contains("use_sliding_window") && !m_config["use_sliding_window"].get<bool>())
        return 0;
    if (m_config.contains("layer_types"))
        return m_config["layer_types"][layer] == "sliding_attention" ? integer("sliding_window", 0)
                                                                     : 0;
    if (m_family == "gemma2")
        return layer % 2 == 0 ? integer("sliding_window", 0) : 0;
    if (m_family == "gemma3_text")
        return (layer + 1) % std::size_t(integer("sliding_window_pattern", 6)) != 0
            ? integer("sliding_window", 0)
            : 0;
    if (m_family.starts_with("qwen"))
        return layer >= std::size_t(integer("max_window_layers", 28)) ? integer("sliding_window", 0)
                                                                      : 0;
    return integer("sliding_window", 0);
}

PlainModel::Rotation PlainModel::rotation(std::size_t layer, std::size_t length) const {
    double theta = real("rope_theta", 10000);
    Json scaling = m_config.value("rope_scaling", Json());
    const bool local = m_family == "gemma3_text" && window(layer) > 0;
    if (m_family == "gemma3_text")
        theta = local ? real("rope_local_base_freq", 10000) : real("rope_theta", 1e6);
    if (local)
        scaling = nullptr;
    if (m_config.contains("rope_parameters")) {
        scaling = m_config["rope_parameters"];
        if (m_family == "gemma3_text")
            scaling = scaling[local ? "sliding_attention" : "full_attention"];
        theta = scaling["rope_theta"].get<double>();
    }
    const auto dimension = std::size_t(double(m_dimension) * real("partial_rotary_factor", 1));
    const double positions = real("max_position_embeddings", 0);
    const std::string type = scaling.is_object() ? scaling["rope_type"].get<std::string>() : "";
    const auto setting
        = [&](const char* key, double otherwise) { return scaling.value(key, otherwise); };
    Rotation result;
    if (type == "dynamic" && double(length) > positions) {
        const double factor = setting("factor", 1);
        theta *= std::pow(factor * double(length) / positions - (factor - 1),
            double(dimension) / double(dimension - 2));
    }
    for (std::size_t i = 0; i < dimension / 2; ++i)
        result.frequencies.push_back(std::pow(theta, -2 * double(i) / double(dimension)));
    for (std::size_t i = 0; i < dimension / 2; ++i) {
        double& f = result.frequencies[i];
        if (type == "linear") {
            f /= setting("factor", 1);
        } else if (type == "llama3") {
            const double old = setting("original_max_position_embeddings", 0);
            const double low = setting("low_freq_factor", 1);
            const double high = setting("high_freq_factor", 4);
            const double turns = old * f / (2 * pi); // within the original context
            const double keep = std::clamp((turns - low) / (high - low), 0.0, 1.0);
            f = keep * f + (1 - keep) * f / setting("factor", 1);
        } else if (type == "yarn") {
            const double old = setting("original_max_position_embeddings", positions);
            const auto border = [&](double turns) {
                return double(dimension) * std::log(old / (turns * 2 * pi)) / (2 * std::log(theta));
            };
            const double from = std::max(std::floor(border(setting("beta_fast", 32))), 0.0);
            const double to
                = std::min(std::ceil(border(setting("beta_slow", 1))), double(dimension) - 1);
            const double ramp = std::clamp((double(i) - from) / (to - from), 0.0, 1.0);
            f = f * (1 - ramp) + f / setting("factor", 1) * ramp;
        } else if (type == "longrope") {
            const bool beyond
                = double(length) > real("original_max_position_embeddings", positions);
            f /= scaling[beyond ? "long_factor" : "short_factor"][i].get<double>();
        }
    }
    if (type == "yarn")
        result.magnitude = 0.1 * std::log(setting("factor", 1)) + 1;
    if (type == "longrope") {
        const double old = real("original_max_position_embeddings", positions);
        result.magnitude = std::sqrt(1 + std::log(positions / old) / std::log(old));
    }
    return result;
}

/// Pairs are (i, i + half) of the rotated part, which comes first.
void PlainModel::rotate(Vector& head, std::size_t position, const Rotation& rotation) const {
    const std::size_t half = rotation.frequencies.size();
    for (std::size_t i = 0; i < half; ++i) {
        const double angle = double(position) * rotation.frequencies[i];
        const double c = rotation.magnitude * std::cos(angle);
        const double s = rotation.magnitude * std::sin(angle);
        const double a = head[i];
        const double b = head[half + i];
        head[i] = a * c - b * s;
        head[half + i] = b * c + a * s;
    }
}

Vector PlainModel::mlp(const std::string& scope, const Vector& x) const {
    Vector gate;
    Vector up;
    if (m_family == "phi3") {
        gate = product(scope + "mlp.gate_up_proj.weight", "", x, 0, m_inner);
        up = product(scope + "mlp.gate_up_proj.weight", "", x, m_inner, m_inner);
    } else {
        gate = product(scope + "mlp.gate_proj.weight", scope + "mlp.gate_proj.bias", x, 0, m_inner);
        up = product(scope + "mlp.up_proj.weight", scope + "mlp.up_proj.bias", x, 0, m_inner);
    }
    for (std::size_t i = 0; i < m_inner; ++i)
        up[i] *= isGemma() ? geluTanh(gate[i]) : silu(gate[i]);
    return product(scope + "mlp.down_proj.weight", scope + "mlp.down_proj.bias", up, 0, m_hidden);
}

Rows PlainModel::attention(const std::string& scope, std::size_t layer, const Rows& x) const {
    const std::size_t tokens = x.size();
    const Rotation turning = rotation(layer, tokens);
    // [token][head] of queries, keys and values
    std::vector<Rows> heads[3];
    for (std::size_t t = 0; t < tokens; ++t) {
        const char* names[] = {"q", "k", "v"};
        std::size_t firstRow = 0;
        for (std::size_t kind = 0; kind < 3; ++kind) {
            const std::size_t count = kind == 0 ? m_heads : m_kvHeads;
            const bool fused = m_family == "phi3";
            const std::string name = scope + "self_attn." + (fused ? "qkv" : names[kind]) + "_proj";
            const Vector all = product(
                name + ".weight", name + ".bias", x[t], fused ? firstRow : 0, count * m_dimension);
            firstRow += count * m_dimension;
            Rows parts;
            for (std::size_t h = 0; h < count; ++h) {
                Vector part(all.begin() + std::ptrdiff_t(h * m_dimension),
                    all.begin() + std::ptrdiff_t((h + 1) * m_dimension));
                const std::string normName = scope + "self_attn." + names[kind] + "_norm.weight";
                if (m_tensors.contains(normName))
                    part = norm(normName, part);
                if (kind < 2)
                    rotate(part, t, turning);
                parts.push_back(std::move(part));
            }
            heads[kind].push_back(std::move(parts));
        }
    }
    const double scale = isGemma() ? 1 / std::sqrt(real("query_pre_attn_scalar", 256))
                                   : 1 / std::sqrt(double(m_dimension));
    const std::int64_t seen = window(layer);
    Rows out;
    for (std::size_t t = 0; t < tokens; ++t) {
        Vector mixed;
        for (std::size_t h = 0; h < m_heads; ++h) {
            const std::size_t kvHead = h / (m_heads / m_kvHeads);
            const std::size_t first
                = seen > 0 && t + 1 > std::size_t(seen) ? t + 1 - std::size_t(seen) : 0;
            Vector weights;
            double sum = 0;
            for (std::size_t s = first; s <= t; ++s) {
                const double score
                    = scale * dot(heads[0][t][h].data(), heads[1][s][kvHead].data(), m_dimension);
                weights.push_back(std::exp(capped(score, real("attn_logit_softcapping", 0))));
                sum += weights.back();
            }
            Vector answer(m_dimension, 0.0);
            for (std::size_t s = first; s <= t; ++s)
                for (std::size_t d = 0; d < m_dimension; ++d)
                    answer[d] += weights[s - first] / sum * heads[2][s][kvHead][d];
            mixed.insert(mixed.end(), answer.begin(), answer.end());
        }
        out.push_back(product(scope + "self_attn.o_proj.weight", scope + "self_attn.o_proj.bias",
            mixed, 0, m_hidden));
    }
    return out;
}

Rows PlainModel::logits(const std::vector<TokenId>& ids) const {
    const Vector& table = values("model.embed_tokens.weight");
    Rows stream;
    for (const TokenId id : ids) {
        Vector row(table.begin() + std::ptrdiff_t(std::size_t(id) * m_hidden),
            table.begin() + std::ptrdiff_t(std::size_t(id + 1) * m_hidden));
        if (isGemma())
            for (double& x : row)
                x *= std::sqrt(double(m_hidden));
        stream.push_back(std::move(row));
    }
    for (std::size_t layer = 0; layer < m_layers; ++layer) {
        const std::string scope = "model.layers." + std::to_string(layer) + ".";
        Rows normed;
        for (const Vector& row : stream)
            normed.push_back(norm(scope + "input_layernorm.weight", row));
        const Rows mixed = attention(scope, layer, normed);
        for (std::size_t t = 0; t < stream.size(); ++t) {
            if (isGemma()) {
                addTo(stream[t], norm(scope + "post_attention_layernorm.weight", mixed[t]));
                const Vector inner
                    = mlp(scope, norm(scope + "pre_feedforward_layernorm.weight", stream[t]));
                addTo(stream[t], norm(scope + "post_feedforward_layernorm.weight", inner));
            } else {
                addTo(stream[t], mixed[t]);
                addTo(stream[t],
                    mlp(scope, norm(scope + "post_attention_layernorm.weight", stream[t])));
            }
        }
    }
    const std::string head
        = m_tensors.contains("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
    Rows out;
    for (const Vector& row : stream) {
        Vector scores = product(head, "", norm("model.norm.weight", row), 0, m_vocabulary);
        for (double& score : scores)
            score = capped(score, real("final_logit_softcapping", 0));
        out.push_back(std::move(scores));
    }
    return out;
}

double PlainModel::loss(const std::vector<TokenId>& ids, std::size_t from) const {
    const Rows scores = logits(ids);
    double sum = 0;
    for (std::size_t t = from; t + 1 < ids.size(); ++t) {
        double total = 0;
        for (const double score : scores[t])
            total += std::exp(score);
        sum += std::log(total) - scores[t][std::size_t(ids[t + 1])];
    }
    return sum / double(ids.size() - 1 - from);
}

} // namespace assay::test
