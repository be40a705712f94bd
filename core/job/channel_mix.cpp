#include "core/job/channel_mix.h"

#include "core/base/hash.h"
#include "core/base/rng.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>

namespace assay {

namespace {

constexpr double mostTimes = 1000;

const MixRule* ruleOf(std::span<const MixRule> rules, const std::string& channel) {
    const auto found = std::ranges::find(rules, channel, &MixRule::channel);
    return found == rules.end() ? nullptr : &*found;
}

tl::unexpected<Error> wrong(std::string reason) {
    return fail("json.value", {{"key", "mix"}, {"reason", std::move(reason)}});
}

/// `wanted` draws from a channel's rows: whole rounds over all of them, and a part of a fixed
/// random order that goes on from epoch to epoch where the last one ended.
void draw(const std::vector<std::int64_t>& rows, std::int64_t wanted, Rng rng, std::int64_t epoch,
    std::vector<std::int64_t>& out) {
    const auto count = std::int64_t(rows.size());
    for (std::int64_t round = 0; round < wanted / count; ++round)
        out.insert(out.end(), rows.begin(), rows.end());
    std::vector<std::int64_t> order = rows;
    rng.shuffle(std::span(order));
    const std::int64_t rest = wanted % count;
    for (std::int64_t i = 0; i < rest; ++i)
        out.push_back(order[std::size_t((epoch * rest + i) % count)]);
}

} // namespace

Result<std::vector<MixRule>> channelMix(const std::vector<std::string>& list) {
    std::vector<MixRule> rules;
    double shares = 0;
    for (const std::string& entry : list) {
        const std::size_t mark = entry.rfind('=');
        MixRule rule;
        rule.channel = entry.substr(0, std::min(mark, entry.size()));
        std::string amount = mark == std::string::npos ? std::string() : entry.substr(mark + 1);
        rule.isShare = amount.ends_with('%');
        if (rule.isShare)
            amount.pop_back();
        const char* end = amount.data() + amount.size();
        const auto [stop, problem] = std::from_chars(amount.data(), end, rule.amount);
        if (mark == std::string::npos || amount.empty() || problem != std::errc() || stop != end
            || !std::isfinite(rule.amount) || rule.amount < 0)
            return wrong("\"" + entry
                + "\" is neither CHANNEL=TIMES nor CHANNEL=SHARE%, with a number from 0 on");
        if (rule.isShare) {
            rule.amount /= 100;
            shares += rule.amount;
        }
        if (rule.amount > mostTimes)
            return wrong("\"" + entry + "\" asks for more than 1000 times");
        if (ruleOf(rules, rule.channel))
            return wrong("the channel \"" + rule.channel + "\" stands in it twice");
        rules.push_back(std::move(rule));
    }
    if (shares >= 1)
        return wrong("the shares make 100 % or more: nothing is left for the other channels");
    return rules;
}

std::vector<std::int64_t> mixedRows(std::span<const MixRule> rules,
    std::span<const std::string> channels, std::uint64_t seed, std::int64_t epoch) {
    std::vector<std::int64_t> picked;
    if (rules.empty()) {
        picked.resize(channels.size());
        std::iota(picked.begin(), picked.end(), 0);
        return picked;
    }
    std::map<std::string, std::vector<std::int64_t>> byChannel;
    for (std::size_t i = 0; i < channels.size(); ++i)
        byChannel[channels[i]].push_back(std::int64_t(i));
    // What the channels without a share give decides the size of the whole.
    double others = 0;
    double shares = 0;
    for (const auto& [channel, rows] : byChannel) {
        const MixRule* rule = ruleOf(rules, channel);
        if (rule && rule->isShare)
            shares += rule->amount;
        else
            others += double(rows.size()) * (rule ? rule->amount : 1);
    }
    const double whole = others > 0 ? others / (1 - shares) : double(channels.size());
    for (const auto& [channel, rows] : byChannel) {
        const MixRule* rule = ruleOf(rules, channel);
        const double wanted = !rule ? double(rows.size())
            : rule->isShare         ? (others > 0 ? rule->amount : rule->amount / shares) * whole
                                    : rule->amount * double(rows.size());
        const Rng rng(seed ^ hash64(channel));
        draw(rows, std::llround(wanted), rng, epoch, picked);
    }
    std::ranges::sort(picked);
    return picked;
}

} // namespace assay
