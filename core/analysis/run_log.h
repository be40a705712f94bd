#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Names under which the usual curves stand, whoever wrote the log. Losses are in nats a token.
namespace curve {
constexpr std::string_view loss = "loss";
constexpr std::string_view evalLoss = "eval_loss";
constexpr std::string_view learningRate = "lr";
constexpr std::string_view gradNorm = "grad_norm";
constexpr std::string_view tokensPerSecond = "tokens_per_s";
/// Followed by the channel: "channel_loss/geography".
constexpr std::string_view channelLoss = "channel_loss/";
constexpr std::string_view channelTokens = "channel_tokens/";
constexpr std::string_view evalChannelLoss = "eval_channel_loss/";
} // namespace curve

/// Where a line of a log stands. What the log does not say is NaN.
struct RunPlace {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    double step = none;
    double epoch = none;
    double tokens = none; ///< since the beginning
    double seconds = none; ///< since the beginning
};

/// One measured quantity: the value of row `rows[i]` is `values[i]`. A NaN or an infinity in
/// `values` was recorded as such; a row that has no value is simply not there.
struct RunCurve {
    std::string name;
    std::vector<std::uint32_t> rows;
    std::vector<double> values;
};

/// What a run has measured, column by column: a million rows cost 32 bytes each, and 12 more for
/// every curve that has a value there.
class RunLog {
public:
    std::size_t addRow(const RunPlace& place);
    /// Gives the last row a value; needs one.
    void add(std::string_view curve, double value);
    /// Rows and values of `other` after those of this one.
    void append(const RunLog& other);

    std::size_t rowCount() const { return m_step.size(); }
    bool isEmpty() const { return m_step.empty(); }
    RunPlace place(std::size_t row) const {
        return {m_step[row], m_epoch[row], m_tokens[row], m_seconds[row]};
    }
    void setEpoch(std::size_t row, double epoch) { m_epoch[row] = epoch; }
    std::span<const double> steps() const { return m_step; }
    std::span<const double> epochs() const { return m_epoch; }
    std::span<const double> tokens() const { return m_tokens; }
    std::span<const double> seconds() const { return m_seconds; }

    /// In the order in which they first appeared.
    const std::vector<RunCurve>& curves() const { return m_curves; }
    /// Null where nothing of that name was recorded.
    const RunCurve* find(std::string_view name) const;
    /// The last value recorded; NaN where there is none (see `find` to tell the two apart).
    double last(std::string_view name) const;

private:
    std::vector<double> m_step;
    std::vector<double> m_epoch;
    std::vector<double> m_tokens;
    std::vector<double> m_seconds;
    std::vector<RunCurve> m_curves;
};

} // namespace assay
