#include "core/text/jinja/interpreter.h"

#include <array>
#include <ctime>

namespace assay::jinja {

namespace {

Value rangeOf(Interpreter& self, Arguments& given) {
    std::array<std::int64_t, 3> bounds{0, 0, 1};
    const std::size_t count = given.positional.size();
    if (count == 0 || count > 3)
        failRender("range takes one to three whole numbers");
    for (std::size_t i = 0; i < count; ++i) {
        if (!given.positional[i].isNumber() || given.positional[i].isFloat())
            failRender("range takes whole numbers, not " + given.positional[i].typeName());
        bounds[count == 1 ? 1 : i] = given.positional[i].integer();
    }
    if (bounds[2] == 0)
        failRender("range cannot take steps of zero");
    List list;
    // The sandbox of Jinja stops at 100,000 too.
    for (std::int64_t i = bounds[0]; bounds[2] > 0 ? i < bounds[1] : i > bounds[1];) {
        if (list.size() >= 100'000)
            failRender("range gives more than 100000 numbers");
        list.push_back(Value(i));
        self.step();
        if (__builtin_add_overflow(i, bounds[2], &i))
            break;
    }
    return Value(std::move(list));
}

Dict entriesOf(Arguments& given) {
    Dict dict;
    if (!given.positional.empty() && given.positional[0].isDict())
        dict = given.positional[0].dict();
    for (auto& [name, value] : given.named) {
        if (value.isNamespace())
            failRender("a namespace cannot be kept in another value");
        dict.emplace_back(Value::text(name), value);
    }
    return dict;
}

} // namespace

Dict globalFunctions() {
    Dict functions;
    const auto add = [&](const char* name, std::function<Value(Interpreter&, Arguments&)> call) {
        functions.emplace_back(Value::text(name),
            Value(std::make_shared<const Callable>(Callable{name, std::move(call)})));
    };
    add("range", rangeOf);
    add("dict", [](Interpreter&, Arguments& given) { return Value(entriesOf(given)); });
    add("namespace", [](Interpreter&, Arguments& given) {
        return Value(Value::Namespace{std::make_shared<Dict>(entriesOf(given))});
    });
    add("raise_exception", [](Interpreter&, Arguments& given) -> Value {
        Failure failure;
        failure.reason = given.positional.empty() ? "" : printed(given.positional[0]).bytes();
        failure.raised = true;
        throw failure;
    });
    add("strftime_now", [](Interpreter&, Arguments& given) {
        const std::string format
            = given.positional.empty() ? "" : printed(given.positional[0]).bytes();
        const std::time_t now = std::time(nullptr);
        std::tm local{};
        localtime_r(&now, &local);
        std::array<char, 512> text{};
        const std::size_t size = std::strftime(text.data(), text.size(), format.c_str(), &local);
        return Value::text(std::string(text.data(), size));
    });
    return functions;
}

} // namespace assay::jinja
