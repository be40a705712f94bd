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

quint64 EngineModels::ask(const QString& folder, const char* method, Json params, QObject* guard,
    std::function<void(Result<Json>)> done, EngineSession::Notify notify) {
    const quint64 number = m_nextRequest++;
    m_requests.insert(number, 0);
    acquire(folder, guard,
        [this, number, method, params = std::move(params), guard = QPointer<QObject>(guard),
            done = std::move(done), notify = std::move(notify)](Result<LoadedModel> model) mutable {
            if (!m_requests.contains(number) || !guard)
                return;
            if (!model) {
                m_requests.remove(number);
                return done(forward(model));
            }
            params["model"] = model->handle;
            m_requests[number] = m_session->request(
                method, std::move(params), guard,
                [this, number, done = std::move(done)](Result<Json> answer) {
                    m_requests.remove(number);
                    done(std::move(answer));
                },
                std::move(notify));
        });
    return number;
}

quint64 EngineModels::score(const Scoring& scoring, QObject* guard,
    std::function<void(qint64)> progress, std::function<void(Result<ScoreRecord>)> done) {
    Json params = scoring.input;
    params["top"] = scoring.top;
    params["truncate"] = true;
    params["stream_tokens"] = true;
    if (scoring.generationPrompt)
        params["generation_prompt"] = true;
    if (!scoring.templateName.isEmpty())
        params["template"] = scoring.templateName.toStdString();
    struct Collected {
        ScoreCollector collector;
        std::optional<Error> problem;
    };
    auto collected = std::make_shared<Collected>();
    return ask(
        scoring.folder, "text.score", std::move(params), guard,
        [collected, done = std::move(done)](Result<Json> answer) {
            if (!answer)
                return done(forward(answer));
            if (collected->problem)
                return done(fail(*collected->problem));
            done(collected->collector.finish(*answer));
        },
        [collected, progress = std::move(progress)](const std::string& method, const Json& params) {
            const bool tokens = method == "text.score.tokens";
            if (!tokens && method != "text.score.block")
                return;
            auto added = tokens ? collected->collector.addTokens(params)
                                : collected->collector.addBlock(params);
            if (!added)
                collected->problem = added.error();
            if (progress)
                progress(collected->collector.received());
        });
}

quint64 EngineModels::generate(const Generating& generating, QObject* guard,
    std::function<void(ScoreRecord::Token)> token, std::function<void(Result<Generated>)> done) {
    Json params = {{"ids", generating.ids}, {"max_new", generating.maxNew},
        {"temperature", generating.temperature}, {"stop", generating.stop},
        {"logprobs", generating.top}, {"stream_scores", true}};
    if (generating.temperature > 0) {
        params["top_p"] = generating.topP;
        params["seed"] = generating.seed;
    }
    return ask(
        generating.folder, "text.generate", std::move(params), guard,
        [done = std::move(done)](Result<Json> answer) {
            if (!answer)
                return done(forward(answer));
            if (!answer->is_object())
                return done(
                    fail("session.score_record", {{"reason", "it is no generation record"}}));
            Generated generated;
            generated.ended = answer->value("ended", std::string());
            if (const auto id = answer->find("end_id");
                id != answer->end() && id->is_number_integer())
                generated.endId = id->get<int>();
            generated.provenance = answer->value("provenance", Json());
            done(generated);
        },
        [token = std::move(token)](const std::string& method, const Json& params) {
            if (method == "text.generate.token")
                token(generatedToken(params));
        });
}

quint64 EngineModels::load(const QString& folder, QObject* guard,
    std::function<void(quint64, Result<LoadedModel>)> ready) {
    const quint64 number = m_nextRequest++;
    m_requests.insert(number, 0);
    acquire(folder, guard, [this, number, ready = std::move(ready)](Result<LoadedModel> model) {
        if (m_requests.remove(number))
            ready(number, std::move(model));
    });
    return number;
}

quint64 EngineModels::bytesOf(const QString& folder, const std::vector<int>& ids, QObject* guard,
    std::function<void(quint64, Result<std::vector<Piece>>)> done) {
    auto number = std::make_shared<quint64>(0);
    *number = ask(folder, "text.pieces", {{"ids", ids}, {"all_bytes", true}}, guard,
        [number, count = ids.size(), done = std::move(done)](Result<Json> answer) {
            if (!answer)
                return done(*number, forward(answer));
            const Json list = answer->value("pieces", Json());
            const Json hex = answer->value("bytes_hex", Json());
            if (!list.is_array() || !hex.is_array() || list.size() != count || hex.size() != count)
                return done(*number,
                    fail("session.score_record", {{"reason", "it does not name every token"}}));
            std::vector<Piece> pieces;
            for (std::size_t i = 0; i < count; ++i)
                pieces.push_back({list[i].is_string() ? list[i].get<std::string>() : std::string(),
                    hex[i].is_string() ? bytesFromHex(hex[i].get<std::string>()) : std::string()});
            done(*number, std::move(pieces));
        },
        {});
    return *number;
}

quint64 EngineModels::tokenize(const QString& folder, const std::string& text,
    const std::vector<int>& after, QObject* guard, std::function<void(Result<Tokenized>)> done) {
    return ask(folder, "text.tokenize", {{"text", text}, {"after", after}}, guard,
        [text, done = std::move(done)](Result<Json> answer) {
            if (!answer)
                return done(forward(answer));
            const auto ids = answer->find("ids");
            if (ids == answer->end() || !ids->is_array())
                return done(fail("session.score_record", {{"reason", "it has no ids"}}));
            Tokenized tokenized;
            for (const Json& id : *ids)
                tokenized.ids.push_back(id.is_number_integer() ? id.get<int>() : -1);
            if (const auto pieces = answer->find("pieces");
                pieces != answer->end() && pieces->is_array())
                for (const Json& piece : *pieces)
                    tokenized.pieces.push_back(
                        piece.is_string() ? piece.get<std::string>() : std::string());
            // Each token's part of the text, whole characters or not.
            if (const auto ranges = answer->find("byte_offsets");
                ranges != answer->end() && ranges->is_array())
                for (const Json& range : *ranges) {
                    const bool pair = range.is_array() && range.size() == 2
                        && range[0].is_number_unsigned() && range[1].is_number_unsigned();
                    const auto begin = pair ? range[0].get<std::size_t>() : 0;
                    const auto end = pair ? range[1].get<std::size_t>() : 0;
                    tokenized.bytes.push_back(begin <= end && end <= text.size()
                            ? text.substr(begin, end - begin)
                            : std::string());
                }
            tokenized.natural = answer->value("natural", Json(true)) != Json(false);
            done(std::move(tokenized));
        },
        {});
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

void EngineModels::cancel(quint64 request) {
    const auto found = m_requests.constFind(request);
    if (found == m_requests.constEnd())
        return;
    const EngineSession::RequestId id = found.value();
    m_requests.erase(found);
    if (id != 0)
        m_session->cancel(id);
}

} // namespace assay
