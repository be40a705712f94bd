#include "ui/service/model_pair.h"

namespace assay {

ModelPair::ModelPair(EngineModels* models, QObject* parent)
    : QObject(parent)
    , m_models(models) { }

void ModelPair::acquire(
    const Folders& folders, QObject* guard, std::function<void(Result<Loaded>)> done) {
    m_models->acquire(folders.base, guard,
        [this, folders, guard = QPointer<QObject>(guard), done = std::move(done)](
            Result<LoadedModel> base) {
            if (!guard)
                return;
            if (!base)
                return done(forward(base));
            m_models->acquire(
                folders.tuned, guard, [base = *base, done](Result<LoadedModel> tuned) {
                    if (!tuned)
                        return done(forward(tuned));
                    done(Loaded{base, *tuned});
                });
        });
}

quint64 ModelPair::ask(const Folders& folders, std::string method, Json params, QObject* guard,
    EngineSession::Reply reply, EngineSession::Notify notify) {
    const quint64 number = m_next++;
    m_open.insert(number, 0);
    acquire(folders, guard,
        [this, number, method = std::move(method), params = std::move(params),
            guard = QPointer<QObject>(guard), reply = std::move(reply),
            notify = std::move(notify)](Result<Loaded> loaded) {
            if (!m_open.contains(number) || !guard)
                return;
            if (!loaded) {
                m_open.remove(number);
                return reply(forward(loaded));
            }
            Json all = params;
            all["base"] = loaded->base.handle;
            all["tuned"] = loaded->tuned.handle;
            m_open[number] = m_models->session()->request(
                method, std::move(all), guard,
                [this, number, reply](Result<Json> answer) {
                    m_open.remove(number);
                    reply(std::move(answer));
                },
                notify);
        });
    return number;
}

quint64 ModelPair::compareText(const Folders& folders, Json params, QObject* guard,
    std::function<void(qint64)> progress, std::function<void(Result<PairedRecord>)> done) {
    struct Collected {
        PairedCollector collector;
        std::optional<Error> problem;
    };
    auto collected = std::make_shared<Collected>();
    return ask(
        folders, "analysis.compare_text", std::move(params), guard,
        [collected, done = std::move(done)](Result<Json> answer) {
            if (!answer)
                return done(forward(answer));
            if (collected->problem)
                return done(fail(*collected->problem));
            done(collected->collector.finish(*answer));
        },
        [collected, progress = std::move(progress)](const std::string& method, const Json& block) {
            if (method != "analysis.compare_text.block")
                return;
            if (auto added = collected->collector.addBlock(block); !added)
                collected->problem = added.error();
            if (progress)
                progress(collected->collector.received());
        });
}

quint64 ModelPair::compareCase(const Folders& folders, BatchTask task, Json params, QObject* guard,
    std::function<void(Result<Json>)> done) {
    params["priority"] = "batch";
    const char* method
        = task == BatchTask::Compare ? "analysis.compare_case" : "analysis.answer_both";
    return ask(folders, method, std::move(params), guard, std::move(done), {});
}

quint64 ModelPair::generate(const QString& folder, Json params, QObject* guard,
    std::function<void(const QString&)> onText, std::function<void(Result<Json>)> done) {
    const quint64 number = m_next++;
    m_open.insert(number, 0);
    m_models->acquire(folder, guard,
        [this, number, params = std::move(params), guard = QPointer<QObject>(guard),
            onText = std::move(onText), done = std::move(done)](Result<LoadedModel> model) {
            if (!m_open.contains(number) || !guard)
                return;
            if (!model) {
                m_open.remove(number);
                return done(forward(model));
            }
            Json all = params;
            all["model"] = model->handle;
            m_open[number] = m_models->session()->request(
                "text.generate", std::move(all), guard,
                [this, number, done](Result<Json> answer) {
                    m_open.remove(number);
                    done(std::move(answer));
                },
                [onText](const std::string& method, const Json& token) {
                    if (method == "text.generate.token" && onText && token.contains("text")
                        && token["text"].is_string())
                        onText(QString::fromStdString(token["text"].get<std::string>()));
                });
        });
    return number;
}

void ModelPair::cancel(quint64 number) {
    const auto found = m_open.constFind(number);
    if (found == m_open.constEnd())
        return;
    const EngineSession::RequestId id = found.value();
    m_open.erase(found);
    if (id != 0)
        m_models->session()->cancel(id);
}

} // namespace assay
