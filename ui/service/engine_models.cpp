#include "ui/service/engine_models.h"

#include <algorithm>

namespace assay {

EngineModels::EngineModels(EngineSession* session)
    : QObject(session)
    , m_session(session) {
    connect(session, &EngineSession::stateChanged, this, [this] {
        if (m_session->state() == EngineSession::State::Ready || m_entries.isEmpty())
            return;
        // Entries that are being loaded answer for themselves when their request fails.
        m_entries.clear();
        Q_EMIT loadedChanged();
    });
}

void EngineModels::acquire(const QString& folder, QObject* guard, Ready ready) {
    const QString& key = folder;
    std::shared_ptr<Entry> entry = m_entries.value(key);
    if (entry && !entry->loading) {
        entry->lastUse = ++m_uses;
        QMetaObject::invokeMethod(
            guard, [ready = std::move(ready), model = entry->model] { ready(model); },
            Qt::QueuedConnection);
        return;
    }
    if (entry) {
        entry->waiting.emplace_back(guard, std::move(ready));
        return;
    }
    entry = std::make_shared<Entry>();
    entry->waiting.emplace_back(guard, std::move(ready));
    m_entries.insert(key, entry);
    const Json params = {{"path", folder.toStdString()}, {"dtype", "f32"}};
    m_session->request("model.load", params, this, [this, key, entry](Result<Json> answer) {
        const auto waiting = std::exchange(entry->waiting, {});
        Result<LoadedModel> result
            = fail("session.refused", {{"reason", "model.load names no model"}});
        if (!answer) {
            result = forward(answer);
        } else if (answer->is_object() && answer->contains("model")
            && (*answer)["model"].is_string()) {
            entry->model
                = {(*answer)["model"].get<std::string>(), answer->value("info", Json::object())};
            entry->loading = false;
            entry->lastUse = ++m_uses;
            result = entry->model;
        }
        if (!result && m_entries.value(key) == entry)
            m_entries.remove(key);
        if (result)
            unloadSurplus(key);
        Q_EMIT loadedChanged();
        for (const auto& [guard, ready] : waiting)
            if (guard)
                ready(result);
    });
}

void EngineModels::unloadSurplus(const QString& keep) {
    for (;;) {
        QString oldest;
        int loaded = 0;
        for (auto entry = m_entries.constBegin(); entry != m_entries.constEnd(); ++entry) {
            if (entry.value()->loading)
                continue;
            ++loaded;
            if (entry.key() != keep
                && (oldest.isEmpty() || entry.value()->lastUse < m_entries.value(oldest)->lastUse))
                oldest = entry.key();
        }
        if (loaded <= keptModels || oldest.isEmpty())
            return;
        const std::shared_ptr<Entry> entry = m_entries.take(oldest);
        m_session->request(
            "model.unload", {{"model", entry->model.handle}}, this, [](Result<Json>) {});
    }
}

quint64 EngineModels::score(const Scoring& scoring, QObject* guard,
    std::function<void(qint64)> progress, std::function<void(Result<ScoreRecord>)> done) {
    const quint64 number = m_nextScoring++;
    m_scorings.insert(number, 0);
    acquire(scoring.folder, guard,
        [this, number, scoring, guard = QPointer<QObject>(guard), progress = std::move(progress),
            done = std::move(done)](Result<LoadedModel> model) {
            if (!m_scorings.contains(number) || !guard)
                return;
            if (!model) {
                m_scorings.remove(number);
                return done(forward(model));
            }
            Json params = scoring.input;
            params["model"] = model->handle;
            params["top"] = scoring.top;
            if (!scoring.templateName.isEmpty())
                params["template"] = scoring.templateName.toStdString();
            struct Collected {
                ScoreCollector collector;
                std::optional<Error> problem;
            };
            auto collected = std::make_shared<Collected>();
            const auto id = m_session->request(
                "text.score", std::move(params), guard,
                [this, number, collected, done](Result<Json> answer) {
                    m_scorings.remove(number);
                    if (!answer)
                        return done(forward(answer));
                    if (collected->problem)
                        return done(fail(*collected->problem));
                    done(collected->collector.finish(*answer));
                },
                [collected, progress](const std::string& method, const Json& params) {
                    if (method != "text.score.block")
                        return;
                    if (auto added = collected->collector.addBlock(params); !added)
                        collected->problem = added.error();
                    if (progress)
                        progress(collected->collector.received());
                });
            m_scorings[number] = id;
        });
    return number;
}

void EngineModels::pieces(const std::string& handle, const std::vector<int>& ids, QObject* guard,
    std::function<void(std::vector<std::string>)> done) {
    m_session->request("text.pieces", {{"model", handle}, {"ids", ids}}, guard,
        [count = ids.size(), done = std::move(done)](Result<Json> answer) {
            std::vector<std::string> pieces;
            const Json list
                = answer && answer->is_object() ? answer->value("pieces", Json()) : Json();
            if (list.is_array() && list.size() == count)
                for (const Json& piece : list)
                    pieces.push_back(piece.is_string() ? piece.get<std::string>() : std::string());
            done(std::move(pieces));
        });
}

void EngineModels::cancel(quint64 scoring) {
    const auto found = m_scorings.constFind(scoring);
    if (found == m_scorings.constEnd())
        return;
    const EngineSession::RequestId id = found.value();
    m_scorings.erase(found);
    if (id != 0)
        m_session->cancel(id);
}

} // namespace assay
