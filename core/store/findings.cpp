#include "core/store/findings.h"

#include "core/store/database.h"
#include "core/store/hybrid_clock.h"

#include <thread>

namespace assay {

namespace {

/// Small enough that a decision made meanwhile waits for a fraction of a second only.
constexpr std::size_t batchRows = 8192;
/// Longer than a waiting writer sleeps between attempts, so that it gets its turn.
constexpr auto pauseBetweenBatches = std::chrono::milliseconds(2);

} // namespace

Result<std::int64_t> SampleFindings::textVersion() {
    return m_database.run([&] {
        Query query = m_database.query("SELECT value FROM meta WHERE key = 'text_version'");
        return query.step() ? query.integer(0) : std::int64_t(0);
    });
}

Result<std::optional<StoredOverview>> SampleFindings::newest() {
    auto version = textVersion();
    if (!version)
        return forward(version);
    return m_database.run([&]() -> std::optional<StoredOverview> {
        Query query = m_database.query("SELECT overview, created_ms, text_version FROM check_runs "
                                       "WHERE finished = 1 ORDER BY id DESC LIMIT 1");
        if (!query.step())
            return {};
        auto json = parseJson(query.text(0), "overview");
        if (!json)
            throw StoreFailure{json.error()};
        auto overview = overviewFromJson(*json, "overview");
        if (!overview)
            throw StoreFailure{overview.error()};
        const bool stale
            = query.integer(2) != *version || overview->rulesVersion != checkRulesVersion;
        return StoredOverview{std::move(*overview), query.integer(1), stale};
    });
}

Result<std::vector<std::string>> SampleFindings::of(std::int64_t sampleId) {
    return m_database.run([&] {
        std::vector<std::string> names;
        Query query = m_database.query(
            "SELECT c.name FROM findings f JOIN checks c ON c.id = f.check_id WHERE f.sample_id = "
            "? AND c.run_id = (SELECT max(id) FROM check_runs WHERE finished = 1) AND c.name NOT "
            "LIKE 'language.%' ORDER BY c.id");
        query.bind(sampleId);
        while (query.step())
            names.push_back(query.text(0));
        return names;
    });
}

Result<std::vector<SampleFinding>> SampleFindings::withGroups(
    std::int64_t sampleId, int mostOthers) {
    return m_database.run([&] {
        std::vector<SampleFinding> findings;
        std::vector<std::int64_t> checks;
        {
            Query query = m_database.query(
                "SELECT c.name, f.detail, c.id FROM findings f JOIN checks c ON c.id = f.check_id "
                "WHERE f.sample_id = ? AND c.run_id = (SELECT max(id) FROM check_runs WHERE "
                "finished = 1) AND c.name NOT LIKE 'language.%' ORDER BY c.id");
            query.bind(sampleId);
            while (query.step()) {
                findings.push_back({query.text(0), query.integer(1), {}, 0});
                checks.push_back(query.integer(2));
            }
        }
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (findings[i].group == 0)
                continue;
            Query query = m_database.query("SELECT sample_id FROM findings WHERE check_id = ? AND "
                                           "detail = ? AND detail <> 0 AND sample_id <> ? ORDER BY "
                                           "sample_id");
            query.bind(checks[i], findings[i].group, sampleId);
            for (; query.step(); ++findings[i].otherCount)
                if (int(findings[i].others.size()) < mostOthers)
                    findings[i].others.push_back(query.integer(0));
        }
        return findings;
    });
}

Result<void> SampleFindings::store(const Overview& overview,
    const std::map<std::string, std::vector<FoundRow>>& found, std::span<const Measure> measures,
    std::int64_t textVersion, const ProgressFunction& progress, StopToken stop) {
    // What a killed check left behind.
    if (auto dropped = dropRuns("finished = 0"); !dropped)
        return dropped;
    auto run = m_database.write([&] {
        m_database
            .query("INSERT INTO check_runs(created_ms, text_version, settings) VALUES (?, ?, ?)")
            .bind(wallClockMs(), textVersion,
                dumpJson({{"tokenizer", overview.tokenizer}, {"max_length", overview.maxLength},
                    {"rules", overview.rulesVersion}}))
            .exec();
        return std::int64_t(m_database.handle().getLastInsertRowid());
    });
    if (!run)
        return forward(run);
    std::int64_t total = std::int64_t(measures.size());
    std::int64_t done = 0;
    for (const auto& [name, rows] : found)
        total += std::int64_t(rows.size());
    const auto inBatches = [&](std::size_t count, auto&& writeOne) -> Result<void> {
        for (std::size_t begin = 0; begin < count; begin += batchRows) {
            if (stop.stop_requested()) {
                if (auto dropped = dropRuns("finished = 0"); !dropped)
                    return dropped;
                return fail("cancelled");
            }
            const std::size_t end = std::min(begin + batchRows, count);
            auto written = m_database.write([&] {
                for (std::size_t i = begin; i < end; ++i)
                    writeOne(i);
            });
            if (!written)
                return written;
            done += std::int64_t(end - begin);
            if (progress)
                progress({done, total});
            std::this_thread::sleep_for(pauseBetweenBatches);
        }
        return {};
    };
    for (const auto& [name, rows] : found) {
        auto check = m_database.write([&] {
            m_database.query("INSERT INTO checks(run_id, name) VALUES (?, ?)")
                .bind(*run, name)
                .exec();
            return std::int64_t(m_database.handle().getLastInsertRowid());
        });
        if (!check)
            return forward(check);
        auto written = inBatches(rows.size(), [&](std::size_t i) {
            m_database
                .query(
                    "INSERT OR IGNORE INTO findings(check_id, sample_id, detail) VALUES (?, ?, ?)")
                .bind(*check, rows[i].sample, rows[i].group)
                .exec();
        });
        if (!written)
            return written;
    }
    auto measured = inBatches(measures.size(), [&](std::size_t i) {
        // A text edited meanwhile keeps being unknown.
        Query query = m_database.query(
            "INSERT OR REPLACE INTO measures(sample_id, tokens, answer_tokens) SELECT id, ?, ? "
            "FROM samples WHERE id = ? AND revision = ?");
        query.bind(measures[i].tokens, measures[i].answerTokens, measures[i].sample);
        query.bindBlob(4, bytesFromHex(measures[i].revision));
        query.exec();
    });
    if (!measured)
        return measured;
    auto finished = m_database.write([&] {
        m_database.query("UPDATE check_runs SET finished = 1, overview = ? WHERE id = ?")
            .bind(dumpJson(overviewToJson(overview)), *run)
            .exec();
    });
    if (!finished)
        return finished;
    return dropRuns("id < (SELECT max(id) FROM check_runs WHERE finished = 1)");
}

Result<void> SampleFindings::dropRuns(const char* which) {
    const std::string runs = std::string("SELECT id FROM check_runs WHERE ") + which;
    for (;;) {
        // One check after the other, each in parts, so that nobody waits long.
        auto removed = m_database.write([&] {
            std::int64_t check = -1;
            {
                Query query = m_database.query(
                    "SELECT id FROM checks WHERE run_id IN (" + runs + ") LIMIT 1");
                if (query.step())
                    check = query.integer(0);
            }
            if (check < 0) {
                m_database.query("DELETE FROM check_runs WHERE id IN (" + runs + ")").exec();
                return false;
            }
            m_database
                .query("DELETE FROM findings WHERE check_id = ?1 AND sample_id <= (SELECT "
                       "max(sample_id) FROM (SELECT sample_id FROM findings WHERE check_id = ?1 "
                       "ORDER BY sample_id LIMIT 20000))")
                .bind(check)
                .exec();
            Query left = m_database.query("SELECT 1 FROM findings WHERE check_id = ? LIMIT 1");
            if (!left.bind(check).step())
                m_database.query("DELETE FROM checks WHERE id = ?").bind(check).exec();
            return true;
        });
        if (!removed)
            return forward(removed);
        if (!*removed)
            return {};
    }
}

Result<void> SampleFindings::storeLosses(std::span<const AnswerLoss> losses) {
    for (std::size_t begin = 0; begin < losses.size(); begin += batchRows) {
        const auto batch = losses.subspan(begin, std::min(batchRows, losses.size() - begin));
        auto written = m_database.write([&] {
            for (const AnswerLoss& loss : batch) {
                Query query = m_database.query(
                    "INSERT OR REPLACE INTO losses(sample_id, revision, loss, model, measured_ms) "
                    "SELECT id, ?, ?, ?, ? FROM samples WHERE id = ?");
                query.bindBlob(1, bytesFromHex(loss.revision));
                query.bindOne(2, loss.loss);
                query.bindOne(3, loss.model);
                query.bindOne(4, wallClockMs());
                query.bindOne(5, loss.sample);
                query.exec();
            }
        });
        if (!written)
            return written;
    }
    return {};
}

} // namespace assay
