#include "ui/service/pair_queue.h"

#include "core/base/hash.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>
#include <set>
#include <span>

namespace assay {

namespace {

std::string textAt(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
        ? json[key].get<std::string>()
        : std::string();
}

const char* about(PairQueue::Kind kind) {
    return kind == PairQueue::Kind::Preference ? "pair" : "answers";
}

std::vector<Message> asAnswer(const Json& side) {
    Message message;
    message.role = Role::Assistant;
    message.content = textAt(side, "text");
    return {message};
}

} // namespace

QString pairAnswerText(const std::vector<Message>& turns) {
    QStringList parts;
    for (const Message& turn : turns) {
        if (!turn.content.empty())
            parts.append(QString::fromStdString(turn.content));
        for (const ToolCall& call : turn.toolCalls)
            parts.append(QString::fromStdString(call.name + "(" + call.arguments + ")"));
    }
    return parts.join(QStringLiteral("\n\n"));
}

PairQueue::PairQueue(ProjectAccess* project, QObject* parent)
    : QObject(parent)
    , m_project(project) { }

std::uint64_t PairQueue::seed() const {
    return hash64(m_setup.key);
}

void PairQueue::load(Setup setup) {
    m_setup = std::move(setup);
    m_refs.clear();
    m_verdicts.clear();
    m_order.clear();
    m_item.reset();
    m_position = -1;
    const quint64 generation = ++m_generation;
    ++m_busy;
    // A walk over a whole view: on a connection and a thread of its own.
    const auto read = [folder = m_setup.project.toStdString(), filter = m_setup.filter,
                          kind = m_setup.kind, answers = m_setup.answers]() -> Result<Loaded> {
        auto project = Project::open(folder, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        Loaded loaded;
        if (kind == Kind::Answers) {
            for (std::size_t i = 0; i < answers.size(); ++i)
                if (answers[i].numbers.is_object())
                    loaded.refs.push_back(
                        {answers[i].sample, answers[i].uid, answers[i].revision, int(i)});
        } else {
            auto ids = project->samples().ids(filter);
            if (!ids)
                return forward(ids);
            constexpr std::size_t chunk = 4096;
            for (std::size_t begin = 0; begin < ids->size(); begin += chunk) {
                auto rows = project->samples().rows(
                    std::span(*ids).subspan(begin, std::min(chunk, ids->size() - begin)));
                if (!rows)
                    return forward(rows);
                for (const SampleRow& row : *rows)
                    if (row.kind == SampleKind::Preference)
                        loaded.refs.push_back({row.id, row.uid, row.revision, -1});
            }
        }
        auto events = project->decisions().preferences();
        if (!events)
            return forward(events);
        loaded.events = std::move(*events);
        return loaded;
    };
    auto* watcher = new QFutureWatcher<Result<Loaded>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, generation] {
        watcher->deleteLater();
        --m_busy;
        if (generation != m_generation)
            return;
        Result<Loaded> result = watcher->result();
        if (!result)
            return Q_EMIT failed(result.error());
        take(std::move(*result));
    });
    watcher->setFuture(QtConcurrent::run(read));
}

void PairQueue::take(Loaded loaded) {
    m_refs = std::move(loaded.refs);
    std::set<qint64> here;
    for (const Ref& ref : m_refs)
        here.insert(ref.sample);
    for (const auto& [sample, event] : loaded.events) {
        const Json& value = event.after;
        const auto choice = pairChoiceFromName(textAt(value, "choice"));
        if (!choice || !here.contains(sample) || textAt(value, "about") != about(m_setup.kind)
            || textAt(value, "key") != m_setup.key)
            continue;
        const VerdictKey key{sample, event.author};
        m_verdicts[key] = {{event.author, *choice, textAt(value, "left") == "a"}, event.uid};
        if (event.author == m_setup.author) {
            std::erase(m_order, key);
            m_order.push_back(key);
        }
    }
    Q_EMIT listLoaded();
}

int PairQueue::decidedCount() const {
    return int(m_order.size());
}

std::vector<PairTally> PairQueue::tallies() const {
    std::vector<PairVerdict> verdicts;
    for (const auto& [key, verdict] : m_verdicts)
        verdicts.push_back(verdict.verdict);
    return tallyPairs(verdicts);
}

void PairQueue::go(int position) {
    if (position < 0 || position >= count())
        return;
    m_position = position;
    m_item.reset();
    const Ref ref = m_refs[std::size_t(position)];
    const quint64 generation = m_generation;
    ++m_busy;
    m_project->sample(
        ref.sample, this, [this, generation, position, ref](Result<StoredSample> stored) {
            --m_busy;
            if (generation != m_generation || position != m_position)
                return;
            if (!stored)
                return Q_EMIT failed(stored.error());
            PairItem item;
            item.sample = ref.sample;
            item.uid = ref.uid;
            item.revision = stored->revision;
            if (ref.answer >= 0) {
                const Json& said = m_setup.answers[std::size_t(ref.answer)].numbers;
                item.prompt
                    = sampleCase(stored->sample).prompt.messages.value_or(std::vector<Message>());
                item.a = asAnswer(said.value("tuned", Json::object()));
                item.b = asAnswer(said.value("base", Json::object()));
            } else {
                item.prompt = stored->sample.messages;
                item.a = stored->sample.chosen.value_or(std::vector<Message>());
                item.b = stored->sample.rejected.value_or(std::vector<Message>());
            }
            item.firstLeft = firstStandsLeft(item.uid, m_setup.author, seed());
            const auto known = m_verdicts.find({ref.sample, m_setup.author});
            if (known != m_verdicts.end())
                item.choice = known->second.verdict.choice;
            m_item = std::move(item);
            Q_EMIT itemChanged();
        });
}

void PairQueue::goToUndecided() {
    for (int step = 1; step <= count(); ++step) {
        const int position = (m_position + step) % count();
        if (!m_verdicts.contains({m_refs[std::size_t(position)].sample, m_setup.author}))
            return go(position);
    }
    // Everything is decided.
    m_item.reset();
    m_position = -1;
    Q_EMIT itemChanged();
}

void PairQueue::decide(PairChoice choice, qint64 activeMs, const Json& saw) {
    if (!m_item || isBusy())
        return;
    PairItem item = *m_item;
    item.choice = choice;
    Decision decision;
    decision.kind = EventKind::Preference;
    decision.samples = {item.sample};
    decision.author = m_setup.author;
    decision.activeMs = activeMs;
    decision.value = {{"choice", pairChoiceName(choice)}, {"a", m_setup.nameA},
        {"b", m_setup.nameB}, {"left", item.firstLeft ? "a" : "b"}, {"about", about(m_setup.kind)},
        {"key", m_setup.key}, {"seed", seed()}, {"revision", item.revision},
        {"provenance", m_setup.provenance}};
    if (m_setup.kind == Kind::Answers)
        decision.value["answers"] = {{"a", pairAnswerText(item.a).toStdString()},
            {"b", pairAnswerText(item.b).toStdString()}};
    decision.saw = saw;
    const auto known = m_verdicts.find({item.sample, m_setup.author});
    const std::string earlier = known == m_verdicts.end() ? std::string() : known->second.event;
    ++m_busy;
    m_project->call<Event>(
        this,
        [decision, earlier](Project& project) -> Result<Event> {
            // One decision of a person stands at a time.
            if (!earlier.empty())
                if (auto undone = project.decisions().undo(earlier, decision.author); !undone)
                    return forward(undone);
            return project.decisions().record(decision);
        },
        [this, item](Result<Event> event) {
            --m_busy;
            if (!event)
                return Q_EMIT failed(event.error());
            const VerdictKey key{item.sample, m_setup.author};
            m_verdicts[key] = {{m_setup.author, *item.choice, item.firstLeft}, event->uid};
            std::erase(m_order, key);
            m_order.push_back(key);
            m_project->noteChange();
            Q_EMIT decided(item);
            goToUndecided();
        });
}

void PairQueue::undo() {
    if (m_order.empty() || isBusy())
        return;
    const VerdictKey key = m_order.back();
    ++m_busy;
    m_project->call<Event>(
        this,
        [uid = m_verdicts[key].event, author = m_setup.author](
            Project& project) { return project.decisions().undo(uid, author); },
        [this, key](Result<Event> undone) {
            --m_busy;
            if (!undone)
                return Q_EMIT failed(undone.error());
            m_verdicts.erase(key);
            std::erase(m_order, key);
            m_project->noteChange();
            const auto found = std::ranges::find(m_refs, key.first, &Ref::sample);
            if (found != m_refs.end())
                go(int(found - m_refs.begin()));
        });
}

} // namespace assay
