config = {
    "name": "demo",
    "ports": [80, 443],
    "limits": {"cpu": 2, "memory": 512.5},
    "debug": False,
}
print(config["name"], config["ports"][1], config["limits"]["memory"])
for key, value in config.items():
    print(key, "=", value)
config["ports"].append(8080)
print(len(config["ports"]), config)
