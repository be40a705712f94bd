#include "core/text/jinja/interpreter.h"
#include "core/text/jinja/text_functions.h"

#include <algorithm>

namespace assay::jinja {

namespace {

using Test = bool (*)(const Value&, const Arguments&);

const Value& other(const Arguments& given) {
    if (given.positional.empty())
        failRender("this test needs a value to compare with");
    return given.positional[0];
}

std::int64_t whole(const Value& value) {
    if (!value.isNumber() || value.isFloat())
        failRender("this test needs a whole number, not " + value.typeName());
    return value.integer();
}

const std::map<std::string, Test>& tests() {
    static const std::map<std::string, Test> all = [] {
        std::map<std::string, Test> map{
            {"defined", [](const Value& v, const Arguments&) { return !v.isUndefined(); }},
            {"undefined", [](const Value& v, const Arguments&) { return v.isUndefined(); }},
            {"none", [](const Value& v, const Arguments&) { return v.isNone(); }},
            {"boolean", [](const Value& v, const Arguments&) { return v.isBool(); }},
            {"true", [](const Value& v, const Arguments&) { return v.isBool() && v.boolean(); }},
            {"false", [](const Value& v, const Arguments&) { return v.isBool() && !v.boolean(); }},
            {"integer", [](const Value& v, const Arguments&) { return v.isInt(); }},
            {"float", [](const Value& v, const Arguments&) { return v.isFloat(); }},
            {"number", [](const Value& v, const Arguments&) { return v.isNumber(); }},
            {"string", [](const Value& v, const Arguments&) { return v.isText(); }},
            {"mapping", [](const Value& v, const Arguments&) { return v.isDict(); }},
            {"callable", [](const Value& v, const Arguments&) { return v.isCallable(); }},
            {"iterable",
                [](const Value& v, const Arguments&) {
                    return v.isText() || v.isList() || v.isDict() || v.isUndefined();
                }},
            {"sequence",
                [](const Value& v, const Arguments&) {
                    return v.isText() || v.isList() || v.isDict() || v.isUndefined();
                }},
            {"even", [](const Value& v, const Arguments&) { return whole(v) % 2 == 0; }},
            {"odd", [](const Value& v, const Arguments&) { return whole(v) % 2 != 0; }},
            {"divisibleby",
                [](const Value& v, const Arguments& given) {
                    const std::int64_t by = whole(other(given));
                    if (by == 0)
                        failRender("division by zero");
                    return by == -1 || whole(v) % by == 0;
                }},
            {"lower",
                [](const Value& v, const Arguments&) {
                    return inCase(printed(v), Case::Lower).bytes() == printed(v).bytes();
                }},
            {"upper",
                [](const Value& v, const Arguments&) {
                    return inCase(printed(v), Case::Upper).bytes() == printed(v).bytes();
                }},
            {"in",
                [](const Value& v, const Arguments& given) {
                    if (other(given).isText())
                        return v.isText()
                            && other(given).text().bytes().find(v.text().bytes())
                            != std::string::npos;
                    const List list = items(other(given));
                    return std::any_of(
                        list.begin(), list.end(), [&](const Value& one) { return equal(one, v); });
                }},
            {"sameas",
                [](const Value& v, const Arguments& given) {
                    return v.typeName() == other(given).typeName() && equal(v, other(given));
                }},
        };
        const auto alias = [&](std::initializer_list<const char*> names, Test test) {
            for (const char* name : names)
                map[name] = test;
        };
        alias({"equalto", "eq", "=="},
            [](const Value& v, const Arguments& given) { return equal(v, other(given)); });
        alias({"ne", "!="},
            [](const Value& v, const Arguments& given) { return !equal(v, other(given)); });
        alias({"lt", "lessthan", "<"},
            [](const Value& v, const Arguments& given) { return less(v, other(given)); });
        alias({"gt", "greaterthan", ">"},
            [](const Value& v, const Arguments& given) { return less(other(given), v); });
        alias({"le", "<="},
            [](const Value& v, const Arguments& given) { return !less(other(given), v); });
        alias({"ge", ">="},
            [](const Value& v, const Arguments& given) { return !less(v, other(given)); });
        return map;
    }();
    return all;
}

} // namespace

bool isTest(const std::string& name) {
    return tests().contains(name);
}

bool Interpreter::test(const std::string& name, const Value& value, const Arguments& arguments) {
    const auto found = tests().find(name);
    if (found == tests().end())
        failRender("there is no test " + name);
    return found->second(value, arguments);
}

} // namespace assay::jinja
